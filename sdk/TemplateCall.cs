using System.Globalization;

namespace Platform.Sdk;

/// <summary>One call of a helper in a template: <c>{{name "a" b c=d}}</c>. Values are null, bool, number, string, <see cref="Html"/>, lists and maps.</summary>
public class TemplateCall
{
    /// <summary>A call.</summary>
    /// <param name="arguments">In the order of the call; a value the data lack is null.</param>
    /// <param name="named">Those written as <c>name=value</c>.</param>
    /// <param name="context"><c>this</c> where the call stands.</param>
    public TemplateCall(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?>? named = null, object? context = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        (Arguments, Named, Context) = (arguments, named ?? new Dictionary<string, object?>(), context);
    }

    /// <summary>The arguments in order: null, bool, number, string, <see cref="Html"/>, <c>IReadOnlyList&lt;object?&gt;</c>, <c>IReadOnlyDictionary&lt;string, object?&gt;</c>.</summary>
    public IReadOnlyList<object?> Arguments { get; }

    /// <summary>The arguments by name.</summary>
    public IReadOnlyDictionary<string, object?> Named { get; }

    /// <summary><c>this</c> where the call stands.</summary>
    public object? Context { get; }

    /// <summary>An argument, from 0; null where there is none.</summary>
    public object? this[int index] => index >= 0 && index < Arguments.Count ? Arguments[index] : null;

    /// <summary>An argument by name; null where there is none.</summary>
    public object? this[string name] => Named.GetValueOrDefault(name);

    /// <summary>An argument as a tag prints it before it is escaped; empty where there is none, and for a list or map.</summary>
    public string Text(int index) => this[index] switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        Html html => html.Text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };
}
