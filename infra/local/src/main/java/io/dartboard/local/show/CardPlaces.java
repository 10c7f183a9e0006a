package io.dartboard.local.show;

import java.nio.file.Path;

/**
 * Where the things that a card names can be found.
 *
 * @param svg the drawing of the cell
 * @param credentials the S3 credentials file
 * @param s3Endpoint address of the S3 endpoint
 * @param restAddress address of search-svc
 */
public record CardPlaces(Path svg, Path credentials, String s3Endpoint, String restAddress) {}
