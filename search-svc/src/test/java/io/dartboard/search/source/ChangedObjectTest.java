package io.dartboard.search.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedObjectTest {

    @Test
    void shouldReadWhatAwsSends() {
        assertThat(ChangedObject.of("""
                {"Records": [
                  {"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "eu-central-1",
                   "eventTime": "2026-01-01T10:00:00.000Z", "eventName": "ObjectCreated:Put",
                   "userIdentity": {"principalId": "AWS:A"}, "responseElements": {"x-amz-request-id": "R"},
                   "s3": {"s3SchemaVersion": "1.0", "configurationId": "c",
                          "bucket": {"name": "drops", "ownerIdentity": {"principalId": "A"}, "arn": "arn:aws:s3:::drops"},
                          "object": {"key": "in/a+b%2Bc%C3%A9.bin", "size": 3, "eTag": "e", "sequencer": "0055"}}},
                  {"eventVersion": "2.1", "eventName": "ObjectRemoved:Delete",
                   "s3": {"bucket": {"name": "drops"}, "object": {"key": "in/gone", "sequencer": "0056"}}}]}"""))
                .containsExactly(new ChangedObject("drops", "in/a b+cé.bin"), new ChangedObject("drops", "in/gone"));
    }

    @Test
    void shouldReadWhatMinioSendsButThatAnObjectWasRead() {
        var message = """
                {"EventName": "s3:ObjectCreated:CompleteMultipartUpload", "Key": "drops/in/day 1/train.tar.gz",
                 "Records": [{"eventVersion": "2.0", "eventSource": "minio:s3", "awsRegion": "",
                   "eventTime": "2026-01-01T10:00:00Z", "eventName": "%s",
                   "s3": {"s3SchemaVersion": "1.0", "configurationId": "Config",
                          "bucket": {"name": "drops", "arn": "arn:aws:s3:::drops"},
                          "object": {"key": "in%%2Fday+1%%2Ftrain.tar.gz", "size": 9, "eTag": "e-2",
                                     "userMetadata": {"content-type": "application/gzip"}, "sequencer": "15CF"}},
                   "source": {"host": "10.0.0.1", "port": "", "userAgent": "mc"}}]}""";

        assertThat(ChangedObject.of(message.formatted("s3:ObjectCreated:CompleteMultipartUpload")))
                .containsExactly(new ChangedObject("drops", "in/day 1/train.tar.gz"));
        assertThat(ChangedObject.of(message.formatted("s3:ObjectAccessed:Get"))).isEmpty();
        assertThat(ChangedObject.named("drops/in/gone")).contains(new ChangedObject("drops", "in/gone"));
        assertThat(ChangedObject.named("drops")).isEmpty();
    }

    @Test
    void shouldReadWhatEventBridgeSends() {
        assertThat(ChangedObject.of("""
                {"version": "0", "id": "17", "detail-type": "Object Created", "source": "aws.s3",
                 "resources": ["arn:aws:s3:::drops"],
                 "detail": {"version": "0", "bucket": {"name": "drops"},
                            "object": {"key": "in/a+b.bin", "size": 5, "etag": "e"}, "reason": "PutObject"}}""")).containsExactly(new ChangedObject("drops", "in/a+b.bin"));
    }

    @Test
    void shouldReadWhatSnsPassesOn() {
        assertThat(ChangedObject.of("""
                {"Type": "Notification", "MessageId": "22b8", "TopicArn": "arn:aws:sns:eu-central-1:1:drops",
                 "Subject": "Amazon S3 Notification", "Timestamp": "2026-01-01T10:00:00.000Z", "SignatureVersion": "1",
                 "Message": "{\\"Records\\": [{\\"eventName\\": \\"ObjectCreated:Put\\", \\"s3\\": {\\"bucket\\":\
                 {\\"name\\": \\"drops\\"}, \\"object\\": {\\"key\\": \\"in/a+b.bin\\"}}}]}"}""")).containsExactly(new ChangedObject("drops", "in/a b.bin"));
        assertThatThrownBy(() -> ChangedObject.of("{\"Type\": \"Notification\", \"Message\": \"the disk is full\"}"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldTakeATrialForNothing() {
        assertThat(ChangedObject.of("{\"Service\": \"Amazon S3\", \"Event\": \"s3:TestEvent\", \"Bucket\": \"drops\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Records": 1} | it is no notification of a bucket: it has neither a list Records nor an object detail
            [] | it is no notification of a bucket
            "Records" | it is no notification of a bucket
            {"Records": [{"s3": {"bucket": {"name": ""}}}]} | Records[0].s3.bucket.name is missing
            {"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": 7}}}]} | Records[0].s3.object.key is missing
            {"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": "a%zz"}}}]} | Records[0].s3.object.key must be written as in an address
            {"detail": {"bucket": {}}} | detail.bucket.name is missing
            {"Records": [} | line 1
            """)
    void shouldRefuseWhatIsNoNotification(String text, String why) {
        assertThatThrownBy(() -> ChangedObject.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith(why);
    }
}
