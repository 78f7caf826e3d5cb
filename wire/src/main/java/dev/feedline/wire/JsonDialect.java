package dev.feedline.wire;

import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/// The two spellings of one tree of values: JSON text, and CBOR as the Java SDK's Kinesis client speaks it.
enum JsonDialect {
    JSON(JsonFactory.builder().streamReadConstraints(Limits.READ).build()) {
        @Override
        Instant readInstant(JsonParser parser, SdkField<?> field) {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Timestamps.ofSeconds(parser.getDecimalValue());
                case VALUE_STRING ->
                    Timestamps.instant(
                            parser.getString(), Timestamps.formatOf(field, TimestampFormatTrait.Format.ISO_8601));
                default -> throw new DateTimeException("no timestamp: " + field.memberName());
            };
        }

        @Override
        void writeInstant(JsonGenerator out, SdkField<?> field, Instant instant) {
            TimestampFormatTrait.Format format = Timestamps.formatOf(field, TimestampFormatTrait.Format.UNIX_TIMESTAMP);
            if (format == TimestampFormatTrait.Format.UNIX_TIMESTAMP) {
                out.writeNumber(Timestamps.seconds(instant));
            } else {
                out.writeString(Timestamps.text(instant, format));
            }
        }
    },

    /// `application/x-amz-cbor-1.1`: an instant is tag 1 over *milliseconds*, where RFC 8949 has seconds.
    CBOR(CBORFactory.builder().streamReadConstraints(Limits.READ).build()) {
        private static final int EPOCH_TAG = 1;

        @Override
        Instant readInstant(JsonParser parser, SdkField<?> field) {
            return Instant.ofEpochMilli(parser.getLongValue());
        }

        @Override
        void writeInstant(JsonGenerator out, SdkField<?> field, Instant instant) {
            ((CBORGenerator) out).writeTag(EPOCH_TAG);
            out.writeNumber(instant.toEpochMilli());
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // a factory is safe to share once it is built
    private final TokenStreamFactory factory;

    JsonDialect(TokenStreamFactory factory) {
        this.factory = factory;
    }

    abstract Instant readInstant(JsonParser parser, SdkField<?> field);

    abstract void writeInstant(JsonGenerator out, SdkField<?> field, Instant instant);

    /// Reads a body into the builder; an empty body is an empty object.
    void read(byte[] body, SdkPojo builder, Shape.Known shapes) {
        if (body.length == 0) {
            return;
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
            parser.nextToken();
            new JsonPojoReader(parser, this, shapes).readInto(builder);
            if (parser.nextToken() != null) {
                throw WireError.SERIALIZATION.because("The body goes on after its last brace.");
            }
        } catch (JacksonException | DateTimeException | ArithmeticException e) {
            throw WireError.SERIALIZATION.because("The body cannot be read: " + firstLine(e));
        }
    }

    /// Writes one object, whose members the caller puts in.
    byte[] write(Shape.Known shapes, Consumer<Members> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            members.accept(new Members(out, new JsonPojoWriter(out, this, shapes)));
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /// What goes into the object being written.
    record Members(JsonGenerator out, JsonPojoWriter pojos) {
        void add(String name, String value) {
            out.writeName(name);
            out.writeString(value);
        }

        void addAll(SdkPojo pojo) {
            pojos.writeMembers(pojo);
        }
    }

    private static String firstLine(Exception e) {
        String message = e instanceof JacksonException jackson ? jackson.getOriginalMessage() : e.getMessage();
        return message == null ? "malformed" : message.lines().findFirst().orElse("malformed");
    }

    private static final class Limits {
        /// Deeper than any AWS model; the length of the whole is bounded before a body is read.
        static final StreamReadConstraints READ = StreamReadConstraints.builder()
                .maxNestingDepth(64)
                .maxStringLength(Integer.MAX_VALUE)
                .build();
    }
}
