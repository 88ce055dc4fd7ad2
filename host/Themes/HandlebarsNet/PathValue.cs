using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary><c>{{title}}</c>: the library looks for helpers of that name at each rendering; here that was settled when it was compiled.</summary>
internal sealed class PathValue(PathInfo name) : IHelperDescriptor<HelperOptions>
{
    public PathInfo Name => name;

    /// <summary>What compiled templates resolve and print.</summary>
    public ValuePath Path { get; } = ValuePath.Parse(name)!;

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments) => ValuePath.Resolve(options.Frame, Path);

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) =>
        Write(output, options.Frame, Path);

    public static void Write(EncodedTextWriter writer, BindingContext context, ValuePath path)
    {
        switch (ValuePath.Resolve(context, path))
        {
            case null:
                return;
            case string text when !writer.SuppressEncoding:
                RenderRun.Current.Output.WriteEscaped(text);
                return;
            case var value:
                writer.Write(value);
                return;
        }
    }
}
