package io.dartboard.pipeline.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * A key and its certificate, made by the JDK's keytool, that is its own authority.
 *
 * @param store PKCS12
 * @param trusted PEM of the certificate, for who shall trust it
 * @param identity PEM of certificate and key, for who shall show it
 */
public record Certificate(Path store, Path trusted, Path identity) {
    /** Of the store and its key. */
    public static final String PASSWORD = "store-password";

    /**
     * Makes one.
     *
     * @param name its common name, and that of its files
     * @param names alternative names as keytool takes them, e.g. dns:localhost
     */
    public static Certificate make(Path folder, String name, String names) throws Exception {
        Files.createDirectories(folder);
        var store = folder.resolve(name + ".p12");
        var keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + names,
                        "-ext",
                        "bc=ca:true",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        return written(folder, name, store);
    }

    private static Certificate written(Path folder, String name, Path store)
            throws GeneralSecurityException, IOException {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var certificate = pem(
                "CERTIFICATE", Objects.requireNonNull(keys.getCertificate(name)).getEncoded());
        var key = pem(
                "PRIVATE KEY",
                Objects.requireNonNull(keys.getKey(name, PASSWORD.toCharArray()))
                        .getEncoded());
        return new Certificate(
                store,
                Files.writeString(folder.resolve(name + ".crt.pem"), certificate),
                Files.writeString(folder.resolve(name + ".pem"), key + certificate));
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        kind,
                        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.UTF_8))
                                .encodeToString(encoded),
                        kind);
    }
}
