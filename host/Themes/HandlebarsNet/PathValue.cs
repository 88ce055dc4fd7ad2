using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary><c>{{title}}</c>: the library looks for helpers of that name at each rendering; here that was settled when it was compiled.</summary>
internal sealed class PathValue(PathInfo path) : IHelperDescriptor<HelperOptions>
{
    public PathInfo Name => path;

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments) => PathResolver.ResolvePath(options.Frame, path);

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) =>
        output.Write(PathResolver.ResolvePath(options.Frame, path));
}
