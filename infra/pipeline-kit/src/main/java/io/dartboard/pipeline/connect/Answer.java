package io.dartboard.pipeline.connect;

/** What came back from an address when it was spoken to as a broker. */
enum Answer {
    /** A broker. */
    KAFKA,
    /** A broker that answers no more before a login. */
    LOGIN,
    /** A TLS alert. */
    TLS,
    /** An HTTP response. */
    HTTP,
    /** The end of the connection. */
    HUNG_UP,
    /** Nothing within the time. */
    SILENCE,
    /** Something that is none of these. */
    OTHER
}
