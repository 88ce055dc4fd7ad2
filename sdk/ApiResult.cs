namespace Platform.Sdk;

/// <summary>A plugin's answer to an API call. A failure becomes a problem body (RFC 9457) with <c>code</c> and, where given, <c>redirect</c>.</summary>
public sealed class ApiResult
{
    private ApiResult(int status)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 200);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        Status = status;
    }

    /// <summary>The HTTP status, 200 to 599.</summary>
    public int Status { get; }

    /// <summary>The value of a success, of the closed value model; written as JSON.</summary>
    public object? Value { get; private init; }

    /// <summary>A failure's code for programs, for example <c>article_unknown</c>; null for a success.</summary>
    public string? Code { get; private init; }

    /// <summary>A failure's message for people.</summary>
    public string? Message { get; private init; }

    /// <summary>Where a person may go on, for example the sign-in page; a local path.</summary>
    public string? Redirect { get; private init; }

    /// <summary>Headers to add to the response.</summary>
    public IReadOnlyDictionary<string, string> Headers
    {
        get;
        private init => field = new Dictionary<string, string>(value ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
    }

    = new Dictionary<string, string>();

    /// <summary>A success.</summary>
    /// <param name="value">Null, bool, number, string, list or map; it is frozen.</param>
    /// <param name="status">200 to 299.</param>
    /// <param name="headers">Headers to add to the response; null for none.</param>
    /// <exception cref="ArgumentException">The value is not of the closed value model.</exception>
    public static ApiResult Ok(object? value, int status = 200, IReadOnlyDictionary<string, string>? headers = null) =>
        new(status) { Value = DataValue.Frozen(DataValue.Normalize("value", value)), Headers = headers! };

    /// <summary>A failure.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="code">For programs: lower case with underscores, stable.</param>
    /// <param name="message">For people: what was found, what was expected.</param>
    /// <param name="redirect">Where a person may go on.</param>
    /// <param name="headers">Headers to add to the response; null for none.</param>
    public static ApiResult Fail(int status, string code, string message, string? redirect = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        return new(status) { Code = code, Message = message, Redirect = redirect, Headers = headers! };
    }
}
