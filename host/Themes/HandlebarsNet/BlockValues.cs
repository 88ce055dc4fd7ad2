using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;
using Platform.Templating;
using Platform.Sdk;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>A block whose value becomes the context.</summary>
internal abstract class BlockValue(PathInfo name) : IHelperDescriptor<BlockHelperOptions>
{
    public PathInfo Name => name;

    public object? Invoke(in BlockHelperOptions options, in Context context, in Arguments arguments) =>
        throw new InvalidOperationException($"Block '{name}' was called as a value.");

    public abstract void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments);

    protected static void Enter(in EncodedTextWriter output, in BlockHelperOptions options, object? value)
    {
        // As in Handlebars.js, a block whose value is the context itself adds no level to ../
        if (options.BlockVariables.Length == 0 && Equals(value, options.Frame.Value))
        {
            options.Template(output, options.Frame);
            return;
        }

        var frame = options.CreateFrame(value);
        try
        {
            var named = frame.BlockParams(options.BlockVariables);
            named[0] = value;
            options.Template(output, frame);
        }
        finally
        {
            Frames.Release(frame);
        }
    }
}

/// <summary><c>{{#with author}}</c></summary>
internal sealed class With() : BlockValue("with")
{
    public override void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments)
    {
        var value = Frames.Defined(arguments[0]);
        if (TemplateValue.IsTruthy(value)) Enter(output, options, value);
        else options.Inverse(output, options.Frame);
    }
}

/// <summary><c>{{#items}}</c> and <c>{{^items}}</c>: true and other values once, lists per entry, nothing and false not at all.</summary>
internal sealed class Section(PathInfo name) : BlockValue(name)
{
    private readonly ValuePath? path = ValuePath.Parse(name);

    public override void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments)
    {
        var value = path is null ? Frames.Defined(PathResolver.ResolvePath(options.Frame, Name)) : ValuePath.Resolve(options.Frame, path);
        switch (value)
        {
            case true:
                options.Template(output, options.Frame);
                break;
            case null or false or DataList { Count: 0 }:
                options.Inverse(output, options.Frame);
                break;
            case DataList:
                var copy = options;
                Iteration.Each(options.Frame, output, options.BlockVariables, value, (writer, frame) => copy.Template(writer, frame), static (_, _) => { });
                break;
            default:
                Enter(output, options, value);
                break;
        }
    }
}
