using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Host.Security;

/// <summary>Signs short texts and bytes with HMAC-SHA-256, each for one purpose: a value signed for one is void for another.</summary>
public sealed class Signer(byte[] key)
{
    /// <summary>The bytes of a signature.</summary>
    public const int SignatureSize = HMACSHA256.HashSizeInBytes;

    private const int LongestText = 4096;

    /// <summary><c>payload.signature</c>, both base64url: fit for a cookie.</summary>
    public string Sign(string purpose, string payload)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        Span<byte> signature = stackalloc byte[SignatureSize];
        Sign(purpose, bytes, signature);
        return $"{Base64Url.EncodeToString(bytes)}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The payload of a signed text; null where it was not signed with this key for this purpose.</summary>
    public string? Verify(string purpose, ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        if (dot <= 0 || text.Length > LongestText) return null;
        Span<byte> signature = stackalloc byte[SignatureSize];
        var buffer = ArrayPool<byte>.Shared.Rent(LongestText);
        try
        {
            if (!Base64Url.TryDecodeFromChars(text[..dot], buffer, out var length)) return null;
            if (!Base64Url.TryDecodeFromChars(text[(dot + 1)..], signature, out var size) || size != SignatureSize) return null;
            return Verify(purpose, buffer.AsSpan(0, length), signature) ? Encoding.UTF8.GetString(buffer, 0, length) : null;
        }
        catch (FormatException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the signature of <paramref name="payload"/>, <see cref="SignatureSize"/> bytes.</summary>
    public void Sign(string purpose, ReadOnlySpan<byte> payload, Span<byte> signature)
    {
        var size = Encoding.UTF8.GetByteCount(purpose) + 1 + payload.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var used = Encoding.UTF8.GetBytes(purpose, buffer);
            buffer[used++] = 0;
            payload.CopyTo(buffer.AsSpan(used));
            HMACSHA256.HashData(key, buffer.AsSpan(0, size), signature);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>True where the signature is that of the payload; takes the same time either way.</summary>
    public bool Verify(string purpose, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SignatureSize];
        Sign(purpose, payload, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }
}
