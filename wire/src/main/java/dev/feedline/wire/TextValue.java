package dev.feedline.wire;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/// A field's value as text: in paths, queries, headers, forms and XML.
final class TextValue {
    private TextValue() {}

    /// Reads the text as the field's type.
    ///
    /// @throws AwsServiceException `InvalidArgument`, naming the field, when it is none of that type
    static Object read(SdkField<?> field, String text, TimestampFormatTrait.Format usual) {
        try {
            return switch (field.marshallingType().getKnownType()) {
                case STRING -> text;
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case SHORT -> Short.valueOf(text);
                case BYTE -> Byte.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BIG_DECIMAL -> new BigDecimal(text);
                case BOOLEAN -> bool(text);
                case INSTANT -> Timestamps.instant(text, Timestamps.formatOf(field, usual));
                case SDK_BYTES ->
                    SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(text));
                case NULL, SDK_POJO, LIST, MAP, DOCUMENT -> throw notText(field).get();
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw WireError.INVALID_ARGUMENT.because("Invalid value for " + field.memberName() + ".");
        }
    }

    /// Writes a value that is neither a structure nor a list.
    static String write(SdkField<?> field, Object value, TimestampFormatTrait.Format usual) {
        return switch (value) {
            case Instant instant -> Timestamps.text(instant, Timestamps.formatOf(field, usual));
            case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
            case BigDecimal number -> number.toPlainString();
            case String text -> text;
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> throw notText(field).get();
        };
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true", "True" -> true; // botocore writes Python's booleans in some places
            case "false", "False" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Supplier<IllegalStateException> notText(SdkField<?> field) {
        return () -> new IllegalStateException(field.memberName() + " is no plain value");
    }
}
