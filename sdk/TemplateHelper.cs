namespace Platform.Sdk;

/// <summary>A named function that templates call.</summary>
public sealed class TemplateHelper
{
    private const int MaxNameLength = 64;

    private readonly Func<TemplateCall, object?> function;

    private TemplateHelper(string name, bool isBlock, Func<TemplateCall, object?> function)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxNameLength || !char.IsAsciiLetter(name[0]) || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-')))
        {
            throw new ArgumentException($"A helper's name is '{name}'; expected a letter and then letters, digits, '_' or '-', at most {MaxNameLength}.");
        }

        (Name, IsBlock, this.function) = (name, isBlock, function);
    }

    /// <summary>As templates write it.</summary>
    public string Name { get; }

    /// <summary>True for a block, <c>{{#name}}…{{/name}}</c>; false for a value, <c>{{name a b=c}}</c> or <c>(name a)</c>.</summary>
    public bool IsBlock { get; }

    /// <summary>A helper that gives a value. <code>TemplateHelper.Value("shout", call => call.Text(0).ToUpperInvariant())</code></summary>
    /// <param name="name">A letter, then letters, digits, <c>_</c> or <c>-</c>, at most 64.</param>
    /// <param name="function">
    /// Returns null, bool, number, string, list or map: a tag prints it escaped. An <see cref="Html"/> is printed as it is.
    /// An <see cref="ArgumentException"/> says what is wrong with the call; it is no failure of the plugin.
    /// </param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static TemplateHelper Value(string name, Func<TemplateCall, object?> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(name, isBlock: false, function);
    }

    /// <summary>A helper that renders the block it opens. <code>TemplateHelper.Block("twice", block => { block.Render(block.Context); block.Render(block.Context); })</code></summary>
    /// <param name="name">A letter, then letters, digits, <c>_</c> or <c>-</c>, at most 64.</param>
    /// <param name="function">Renders and writes; an <see cref="ArgumentException"/> says what is wrong with the call.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public static TemplateHelper Block(string name, Action<TemplateBlock> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(name, isBlock: true, call =>
        {
            function((TemplateBlock)call);
            return null;
        });
    }

    /// <summary>Calls the helper; for the host, and for a plugin's tests.</summary>
    /// <param name="call">For a block a <see cref="TemplateBlock"/>.</param>
    /// <returns>A value of the closed model, frozen, or an <see cref="Html"/>.</returns>
    /// <exception cref="ArgumentException">The call is wrong, or what the helper returned is not of the closed value model.</exception>
    public object? Invoke(TemplateCall call) => function(call) is var value && value is Html ? value : DataValue.Frozen(DataValue.Normalize("result", value));
}
