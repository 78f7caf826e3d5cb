package dev.feedline.s3.checksum;

/// Computes the CRC of two byte strings joined from the CRC of each and the length of the second.
///
/// Appending n zero bytes multiplies a CRC by x^(8n) modulo the polynomial; squaring takes log n steps. The factors
/// are kept reflected, as the CRCs are: bit 0 of the register is the highest power.
///
/// @param polynomial reflected
/// @param bits the CRC's width, 32 or 64
public record CrcCombination(long polynomial, int bits) {
    /// The CRC of `first` followed by `second`, where `second` is `secondLength` bytes long.
    public long joined(long first, long second, long secondLength) {
        return times(first, powerOfX(secondLength)) ^ second;
    }

    /// x^(8·bytes) modulo the polynomial.
    private long powerOfX(long bytes) {
        long result = 1L << (bits - 1); // x^0
        long square = 1L << (bits - 1 - 8); // x^8
        for (long left = bytes; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = times(result, square);
            }
            square = times(square, square);
        }
        return result;
    }

    /// The product of two polynomials modulo ours.
    private long times(long a, long b) {
        long product = 0;
        long shifted = b;
        for (int power = bits - 1; power >= 0; power--) {
            if ((a >>> power & 1) == 1) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : shifted >>> 1 ^ polynomial;
        }
        return product;
    }
}
