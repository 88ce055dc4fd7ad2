using System.Buffers;
using HandlebarsDotNet;
using Platform.Sdk;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>One compiled file, or the reason why it is none.</summary>
internal sealed class HandlebarsNetTemplate
{
    private readonly LibraryEnvironment environment;
    private readonly HandlebarsTemplate<TextWriter, object, object>? compiled;
    private readonly TemplateException? refused;
    private volatile bool isWarm;

    public HandlebarsNetTemplate(LibraryEnvironment environment, TemplateSource source)
    {
        this.environment = environment;
        Source = source;
        try
        {
            compiled = environment.Compile(source);
        }
        catch (TemplateException refusal)
        {
            refused = refusal;
        }
    }

    public TemplateSource Source { get; }

    public ITemplate For(HandlebarsNetSet set) => refused is null ? new Page(this, set) : throw Refusal();

    public void Invoke(EncodedTextWriter writer, BindingContext context)
    {
        if (compiled is null) throw Refusal();
        using var wrapped = writer.CreateWrapper();
        compiled(wrapped, context);
    }

    private TemplateException Refusal() => new(refused!.Problem, refused.Excerpt, refused);

    private void Render(HandlebarsNetSet set, DataMap model, IBufferWriter<byte> output, RenderLimits limits, RenderNotes? notes)
    {
        using var run = RenderRun.Start(set, Source, output, limits, notes, isFirst: !isWarm);
        try
        {
            var root = Frames.Root(environment.Configuration, model);
            try
            {
                compiled!(run.Output, root);
            }
            finally
            {
                Frames.Release(root);
            }

            run.Output.Complete();
            isWarm = true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw run.Failure(failure);
        }
    }

    private sealed class Page(HandlebarsNetTemplate template, HandlebarsNetSet set) : ITemplate
    {
        public string File => template.Source.File;

        public void Render(DataMap model, IBufferWriter<byte> output, RenderLimits limits, RenderNotes? notes = null)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(output);
            template.Render(set, Plain(model), output, limits, notes);
        }

        /// <summary>The library knows plain maps only; what the request says of itself is read as a whole then.</summary>
        private static DataMap Plain(DataMap model)
        {
            var plain = new DataMap(model.Count);
            foreach (var (key, value) in model) plain[key] = value is DataMap map && key == "contextData" ? Plain(map) : value is not DataMap and IReadOnlyDictionary<string, object?> noted ? new DataMap(noted) : value;
            return plain;
        }
    }
}
