using System.Security.Cryptography;

namespace Platform.Host.Themes;

/// <summary>The nonce of one response: what its Content-Security-Policy names and <c>{{nonce}}</c> prints. A page that has read it is of use for this response only.</summary>
public sealed class ResponseNonce
{
    private const int Bytes = 16;

    private string? value;

    /// <summary>128 random bits in base64, made when first asked for.</summary>
    public string Value => value ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The nonce where the page has asked for it; else null.</summary>
    public string? Read => value;
}
