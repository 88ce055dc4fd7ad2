namespace Platform.Sdk;

/// <summary>One call of a block helper: <c>{{#name a b=c as |x|}}…{{else}}…{{/name}}</c>. Of use only until the helper returns, and only on its thread.</summary>
/// <param name="arguments">In the order of the call.</param>
/// <param name="named">Those written as <c>name=value</c>.</param>
/// <param name="context"><c>this</c> where the call stands.</param>
public abstract class TemplateBlock(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?>? named = null, object? context = null)
    : TemplateCall(arguments, named, context)
{
    /// <summary>True where the block has an <c>{{else}}</c>.</summary>
    public abstract bool HasElse { get; }

    /// <summary>How many names stand in <c>as |a b|</c>.</summary>
    public abstract int Parameters { get; }

    /// <summary>Renders what stands between the tags into the page, once for each call.</summary>
    /// <param name="context"><c>this</c> in it, a value of the closed model; usually <see cref="TemplateCall.Context"/>.</param>
    /// <param name="variables">More <c>@</c> variables: <c>{{@index}}</c> for <c>index</c>.</param>
    /// <param name="parameters">The values of <c>as |a b|</c>.</param>
    /// <exception cref="ArgumentException">A value is not of the closed value model.</exception>
    public abstract void Render(object? context, IReadOnlyDictionary<string, object?>? variables = null, params ReadOnlySpan<object?> parameters);

    /// <summary>Renders what stands behind <c>{{else}}</c> into the page; nothing where there is no <c>{{else}}</c>.</summary>
    public abstract void RenderElse(object? context);

    /// <summary>As <see cref="Render"/>, into a text of HTML.</summary>
    public abstract string Capture(object? context, IReadOnlyDictionary<string, object?>? variables = null, params ReadOnlySpan<object?> parameters);

    /// <summary>Writes HTML into the page as it is; for text write <see cref="Html.Escape"/> of it.</summary>
    public abstract void Write(string html);
}
