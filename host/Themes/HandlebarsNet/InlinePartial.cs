using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.Decorators;
using HandlebarsDotNet.PathStructure;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary><c>{{#*inline "name"}}</c>: keeps the block with the frame, where <see cref="PartialCalls"/> finds it.</summary>
internal sealed class InlinePartial : IDecoratorDescriptor<BlockDecoratorOptions>
{
    public PathInfo Name { get; } = "*inline";

    public TemplateDelegate Invoke(in TemplateDelegate function, in BlockDecoratorOptions options, in Context context, in Arguments arguments)
    {
        var block = options;
        Action<EncodedTextWriter, BindingContext> body = (writer, frame) => block.Template(writer, frame);
        if (RenderRun.Current.Set.InlineKey((string)arguments[0]!) is { } key) options.Frame.Extensions[key] = body;
        return function;
    }
}
