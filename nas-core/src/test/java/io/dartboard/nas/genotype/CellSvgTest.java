package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class CellSvgTest {
    private record Box(String what, int x, int y, int width, int height) {
        boolean meets(Box other) {
            return x < other.x + other.width
                    && other.x < x + width
                    && y < other.y + other.height
                    && other.y < y + height;
        }

        boolean holds(Box other) {
            return other.x >= x
                    && other.y >= y
                    && other.x + other.width <= x + width
                    && other.y + other.height <= y + height;
        }
    }

    /** The vertical part of a wire. */
    private record Wire(int x, int top, int bottom) {
        boolean crosses(Box box) {
            return x > box.x && x < box.x + box.width && top < box.y + box.height && bottom > box.y;
        }
    }

    private static final Pattern RAIL = Pattern.compile("M(\\d+) (\\d+)V(\\d+)");

    /** A picture, and the operations that it must name in this order. */
    private record Drawn(String svg, List<String> operations) {
        static Drawn of(Genotype genotype) {
            return new Drawn(
                    CellSvg.draw(genotype, "title", "caption"),
                    List.of(genotype.normal(), genotype.reduce()).stream()
                            .flatMap(cell -> cell.genes().stream())
                            .map(gene -> gene.op().publishedName())
                            .toList());
        }

        static Drawn of(RecurrentGenotype genotype) {
            return new Drawn(
                    CellSvg.draw(genotype, "title", "caption"),
                    RecurrentTree.rows(genotype).stream()
                            .map(row -> row.gene().op().publishedName())
                            .toList());
        }
    }

    static List<Drawn> pictures() {
        List<Drawn> pictures = new ArrayList<>();
        PublishedGenotypes.names().forEach(name -> pictures.add(Drawn.of(PublishedGenotypes.of(name))));
        FairDartsGenotypes.byName().values().forEach(genotype -> pictures.add(Drawn.of(genotype)));
        PublishedRecurrentGenotypes.names()
                .forEach(name -> pictures.add(Drawn.of(PublishedRecurrentGenotypes.of(name))));
        for (int seed = 0; seed < 10; seed++) {
            RandomGenerator random = new RandomStreams(seed).stream("svg");
            pictures.add(Drawn.of(RandomGenotype.draw(CnnSpace.DARTS, random)));
            RecurrentGenotype recurrent = RandomRecurrentGenotype.draw(RecurrentSpace.DARTS, random);
            pictures.add(Drawn.of(recurrent));
            pictures.add(Drawn.of(new RecurrentGenotype(recurrent.genes(), List.of(1 + random.nextInt(8)))));
        }
        return pictures;
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void shouldLabelEveryGeneAndLetNoLabelMeetAnotherOrANode(Drawn drawn) throws Exception {
        Document svg = parse(drawn.svg());
        assertThat(texts(svg, "op")).containsExactlyElementsOf(drawn.operations());
        for (Element cell : elements(svg, "g")) {
            List<Box> boxes = new ArrayList<>();
            Box panel = box(elements(cell, "rect").get(0));
            for (Element rectangle : elements(cell, "rect")) {
                if (!rectangle.getAttribute("class").equals("panel")) {
                    boxes.add(box(rectangle));
                }
            }
            for (int i = 0; i < boxes.size(); i++) {
                assertThat(panel.holds(boxes.get(i)))
                        .as("%s stands out", boxes.get(i))
                        .isTrue();
                for (int j = 0; j < i; j++) {
                    assertThat(boxes.get(i).meets(boxes.get(j)))
                            .as("%s and %s overlap", boxes.get(i), boxes.get(j))
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void shouldKeepEveryLabelClearOfTheColumnsInWhichWiresRun(Drawn drawn) throws Exception {
        Document svg = parse(drawn.svg());
        for (Element cell : elements(svg, "g")) {
            List<Wire> rails = new ArrayList<>();
            for (Element path : elements(cell, "path")) {
                Matcher line = RAIL.matcher(path.getAttribute("d"));
                if (line.lookingAt()) {
                    rails.add(new Wire(number(line, 1), number(line, 2), number(line, 3)));
                }
            }
            assertThat(rails).isNotEmpty();
            for (Element rectangle : elements(cell, "rect")) {
                if (rectangle.getAttribute("class").isEmpty()) {
                    Box label = box(rectangle);
                    assertThat(rails).noneMatch(rail -> rail.crosses(label));
                }
            }
        }
    }

    @Test
    void shouldStayValidXmlWhateverTheTitleAndCaptionHold() throws Exception {
        String nasty = "<b> & \"quotes\" ]]> \u0000\u0008\ud800 \ufffe ok " + "x".repeat(500);
        Document svg = parse(CellSvg.draw(PublishedGenotypes.DARTS_V2, nasty, nasty));
        assertThat(elements(svg, "title").get(0).getTextContent()).startsWith("<b> & \"quotes\" ]]> ??? ? ok xxx");
        assertThat(String.join("", texts(svg, "caption"))).contains("ok").endsWith("xxx");
    }

    @Test
    void shouldDescribeThePictureByTheGenotypeItself() throws Exception {
        Document svg = parse(CellSvg.draw(PublishedGenotypes.NASNET_A, "NASNet-A", ""));
        assertThat(elements(svg, "desc").get(0).getTextContent()).isEqualTo(PublishedGenotypes.NASNET_A.toString());
        assertThat(texts(svg, "title")).containsExactly("NASNet-A");
        assertThat(texts(svg, "caption")).isEmpty();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> texts(Document svg, String style) {
        return elements(svg, "text").stream()
                .filter(text -> text.getAttribute("class").equals(style))
                .map(Element::getTextContent)
                .toList();
    }

    private static Box box(Element rectangle) {
        return new Box(
                rectangle.getAttribute("class"),
                Integer.parseInt(rectangle.getAttribute("x")),
                Integer.parseInt(rectangle.getAttribute("y")),
                Integer.parseInt(rectangle.getAttribute("width")),
                Integer.parseInt(rectangle.getAttribute("height")));
    }

    private static int number(Matcher line, int group) {
        return Integer.parseInt(line.group(group));
    }

    private static List<Element> elements(Document document, String name) {
        return list(document.getElementsByTagName(name));
    }

    private static List<Element> elements(Element element, String name) {
        return list(element.getElementsByTagName(name));
    }

    private static List<Element> list(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
