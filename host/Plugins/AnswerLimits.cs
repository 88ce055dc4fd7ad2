using Platform.Sdk;

namespace Platform.Host.Plugins;

/// <summary>What an answer may say beside its data, wherever the plugin runs.</summary>
public static class AnswerLimits
{
    /// <summary>Tags, and files, of a page's data.</summary>
    public const int Tags = 1000;

    /// <summary>Headers of an answer.</summary>
    public const int Headers = 100;

    /// <summary>Characters of a tag, a file's name, a template's name.</summary>
    public const int Name = 1024;

    /// <summary>Characters of a URL to be led to.</summary>
    public const int Url = 8192;

    /// <summary>Characters of a code, of a content type.</summary>
    public const int Word = 256;

    /// <summary>Characters of a message.</summary>
    public const int Text = 4 * 1024 * 1024;

    /// <summary>Sees that an answer is within them.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void Check(PageData data)
    {
        Count("Tags", data.Tags, Tags);
        if (data.Files is { } files) Count("Files", files, Tags);
        Length("Template", data.Template, Name);
        Check(data.Headers);
    }

    /// <inheritdoc cref="Check(PageData)"/>
    public static void Check(ApiResult result)
    {
        Length("the code", result.Code, Word);
        Length("the message", result.Message, Text);
        Length("the redirect", result.Redirect, Url);
        Check(result.Headers);
    }

    /// <inheritdoc cref="Check(PageData)"/>
    public static void Check(MiddlewareResult result)
    {
        Length("the location", result.Location, Url);
        Length("the content type", result.ContentType, Word);
        Check(result.Headers);
    }

    private static void Check(IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count > Headers) throw new InvalidOperationException($"The answer has {headers.Count} headers; expected at most {Headers}.");
    }

    private static void Count(string what, IReadOnlyList<string> texts, int most)
    {
        if (texts.Count > most) throw new InvalidOperationException($"{what} holds {texts.Count} texts; expected at most {most}.");
        foreach (var text in texts) Length($"one of {what}", text, Name);
    }

    private static void Length(string what, string? text, int most)
    {
        if (text?.Length > most) throw new InvalidOperationException($"{what} is {text.Length} characters long; expected at most {most}.");
    }
}
