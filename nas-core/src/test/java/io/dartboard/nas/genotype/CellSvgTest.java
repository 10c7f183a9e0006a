package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
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
    }

    static List<Genotype> genotypes() {
        List<Genotype> genotypes = new ArrayList<>();
        PublishedGenotypes.names().forEach(name -> genotypes.add(PublishedGenotypes.of(name)));
        for (int seed = 0; seed < 10; seed++) {
            genotypes.add(RandomGenotype.draw(CnnSpace.DARTS, new RandomStreams(seed).stream("svg")));
        }
        return genotypes;
    }

    @ParameterizedTest
    @MethodSource("genotypes")
    void shouldLabelEveryGeneAndLetNoLabelMeetAnotherOrANode(Genotype genotype) throws Exception {
        Document svg = parse(CellSvg.draw(genotype, "title", "caption"));
        assertThat(texts(svg, "op"))
                .containsExactlyElementsOf(List.of(genotype.normal(), genotype.reduce()).stream()
                        .flatMap(cell -> cell.genes().stream())
                        .map(gene -> gene.op().publishedName())
                        .toList());
        for (Element cell : elements(svg, "g")) {
            List<Box> boxes = new ArrayList<>();
            for (Element rectangle : elements(cell, "rect")) {
                if (!rectangle.getAttribute("class").equals("panel")) {
                    boxes.add(box(rectangle));
                }
            }
            for (int i = 0; i < boxes.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(boxes.get(i).meets(boxes.get(j)))
                            .as("%s and %s overlap", boxes.get(i), boxes.get(j))
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("genotypes")
    void shouldKeepEveryLabelClearOfTheColumnsInWhichWiresRun(Genotype genotype) throws Exception {
        Document svg = parse(CellSvg.draw(genotype, "title", "caption"));
        for (Element cell : elements(svg, "g")) {
            List<Integer> rails = new ArrayList<>();
            for (Element path : elements(cell, "path")) {
                String line = path.getAttribute("d");
                if (line.contains("V")) {
                    rails.add(Integer.parseInt(line.substring(1, line.indexOf(' '))));
                }
            }
            assertThat(rails).isNotEmpty();
            for (Element rectangle : elements(cell, "rect")) {
                if (rectangle.getAttribute("class").isEmpty()) {
                    Box label = box(rectangle);
                    assertThat(rails).noneMatch(x -> x > label.x() && x < label.x() + label.width());
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
