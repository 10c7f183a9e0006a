package io.dartboard.pipeline.artifact;

import io.dartboard.pipeline.config.StoreSettings;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What is wrong between us and the store, in one line: what, and which setting mends it. No secrets. */
final class S3Trouble {
    private S3Trouble() {}

    /** The line for what could not be done. */
    static StoreUnavailable of(StoreSettings settings, String what, MinioException e) {
        var chain = chain(e);
        for (var each : chain) {
            if (each instanceof StoreUnavailable known) {
                return known;
            }
        }
        var line = "cannot %s in the artifact store at %s: %s"
                .formatted(
                        what,
                        settings,
                        e instanceof ErrorResponseException refused
                                ? refusal(settings, what, refused)
                                : broken(settings, chain));
        return new StoreUnavailable(line.replaceAll("\\s*[\\r\\n]+\\s*", " "), e);
    }

    private static String refusal(StoreSettings settings, String what, ErrorResponseException e) {
        var code = String.valueOf(e.errorResponse().code());
        var advice =
                switch (code) {
                    case "AccessDenied", "Forbidden" ->
                        what.equals("create the bucket")
                                ? "have somebody create bucket %s, or give %s the right to"
                                        .formatted(settings.bucket(), settings.credentials())
                                : "check the rights on the bucket of the %s".formatted(settings.credentials());
                    case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
                        "check the %s".formatted(settings.credentials())
                                + (settings.path().isEmpty()
                                        ? ""
                                        : ", and that the proxy takes %s away and leaves the Host header as it is"
                                                .formatted(settings.path()));
                    case "NoSuchBucket" -> "create the bucket or set dartboard.s3.bucket";
                    case "RequestTimeTooSkewed", "RequestExpired" -> "set the clock of this machine or of the store";
                    case "AuthorizationHeaderMalformed", "InvalidRegion" -> "set dartboard.s3.region";
                    case "XMinioStorageFull", "InsufficientStorage", "QuotaExceeded" -> "free space on the store";
                    default -> "look at the store's own log";
                };
        return "%s (%s); %s".formatted(code, e.errorResponse().message(), advice);
    }

    private static String broken(StoreSettings settings, List<Throwable> chain) {
        var said = chain.stream().map(each -> String.valueOf(each.getMessage())).collect(Collectors.joining(" "));
        var last = chain.get(chain.size() - 1);
        for (var each : chain) {
            if (each instanceof InvalidResponseException) {
                return "what answers does not speak S3; check dartboard.s3.endpoint, its scheme and its path";
            }
            if (each instanceof SSLPeerUnverifiedException
                    || (each instanceof SSLException || each instanceof CertificateException)
                            && (said.contains("No subject alternative") || said.contains("No name matching"))) {
                return "its certificate is for another name; set dartboard.s3.endpoint to the name in the certificate, or have one issued for this name";
            }
            if (each instanceof SSLException || each instanceof CertificateException) {
                return certificate(each, said);
            }
            if (each instanceof UnknownHostException) {
                return "the name %s is not known; check dartboard.s3.endpoint".formatted(settings.server());
            }
            if (each instanceof ConnectException) {
                return "nothing listens there (%s); check dartboard.s3.endpoint and that the store is up"
                        .formatted(each.getMessage());
            }
        }
        return "%s; check dartboard.s3.endpoint and that the store is up"
                .formatted(last.getMessage() == null ? last.toString() : last.getMessage());
    }

    private static String certificate(Throwable refusal, String said) {
        if (said.contains("validity check failed") || said.contains("expired")) {
            return "its certificate has expired or is not valid yet; renew it, or set this machine's clock";
        }
        if (said.contains("PKIX") || said.contains("trustAnchors")) {
            return "its certificate is signed by an authority that is not known here; set dartboard.s3.ca-file to the PEM file of its CA";
        }
        return "no TLS connection comes about (%s); check the scheme of dartboard.s3.endpoint"
                .formatted(refusal.getMessage());
    }

    private static List<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        for (var at = failure; at != null && !chain.contains(at); at = at.getCause()) {
            chain.add(at);
        }
        return chain;
    }
}
