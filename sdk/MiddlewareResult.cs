namespace Platform.Sdk;

/// <summary>What a plugin's middleware makes of a request: headers for the response, or an answer that ends the chain.</summary>
public sealed class MiddlewareResult
{
    private MiddlewareResult(int? status) => Status = status;

    /// <summary>The status of an answer, 200 to 599; null where the request goes on.</summary>
    public int? Status { get; }

    /// <summary>Where a redirect leads; null for none.</summary>
    public string? Location { get; private init; }

    /// <summary>The body of an answer; empty for none.</summary>
    public string Body { get; private init; } = "";

    /// <summary>The content type of <see cref="Body"/>.</summary>
    public string ContentType { get; private init; } = "text/plain; charset=utf-8";

    /// <summary>Headers to add to the response, whoever makes it.</summary>
    public IReadOnlyDictionary<string, string> Headers
    {
        get;
        private init => field = new Dictionary<string, string>(value ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
    }

    = new Dictionary<string, string>();

    /// <summary>The request goes on; the response gets these headers.</summary>
    public static MiddlewareResult Continue(IReadOnlyDictionary<string, string> headers) => new(null) { Headers = headers };

    /// <summary>An answer; the chain ends, nothing is stored.</summary>
    /// <param name="status">200 to 599.</param>
    /// <param name="body">The body, at most 1,048,576 characters.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="headers">Headers to add to the response; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status or the length of the body is out of range.</exception>
    public static MiddlewareResult Answer(int status, string body = "", string contentType = "text/plain; charset=utf-8", IReadOnlyDictionary<string, string>? headers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(body.Length, 1_048_576, nameof(body));
        ArgumentException.ThrowIfNullOrWhiteSpace(contentType);
        return new(status) { Body = body, ContentType = contentType, Headers = headers! };
    }

    /// <summary>A redirect; the chain ends.</summary>
    /// <param name="location">A path of this site, or an absolute http or https address.</param>
    /// <param name="status">301, 302, 303, 307 or 308.</param>
    /// <param name="headers">Headers to add to the response; null for none.</param>
    /// <exception cref="ArgumentException">The location is neither.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The status is none of these.</exception>
    public static MiddlewareResult Redirect(string location, int status = 302, IReadOnlyDictionary<string, string>? headers = null)
    {
        if (status is not (301 or 302 or 303 or 307 or 308)) throw new ArgumentOutOfRangeException(nameof(status), status, "A redirect's status is 301, 302, 303, 307 or 308.");
        ArgumentException.ThrowIfNullOrEmpty(location);
        var isPath = location[0] == '/' && !(location.Length > 1 && location[1] is '/' or '\\');
        if (!isPath && !location.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !location.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The location is '{location}'; expected a path of this site, or an address with http or https.", nameof(location));
        if (location.AsSpan().ContainsAnyInRange('\0', '\x1f') || location.Contains('\x7f')) throw new ArgumentException("The location holds a control character.", nameof(location));
        return new(status) { Location = location, Headers = headers! };
    }
}
