namespace Platform.Templating.Rendering;

/// <summary>A template resolved against its theme.</summary>
internal sealed record TemplateCode(TemplateSource Source, Body Body);

/// <summary>A partial of a theme: resolved when it is first called.</summary>
internal sealed class PartialLink(TemplateEnvironment environment, TemplateSyntax syntax)
{
    private readonly Lock gate = new();
    private volatile bool isDone;
    private TemplateCode? code;
    private TemplateException? error = syntax.Error;

    /// <summary>Null where <see cref="Error"/> is set.</summary>
    public TemplateCode? Code => Done().code;

    /// <summary>Why it can't be used.</summary>
    public TemplateException? Error => Done().error;

    private PartialLink Done()
    {
        if (isDone) return this;
        lock (gate)
        {
            if (isDone) return this;
            try
            {
                if (error is null) code = Compiling.Compiler.Compile(environment, syntax);
            }
            catch (TemplateException found)
            {
                error = found;
            }

            isDone = true;
        }

        return this;
    }
}
