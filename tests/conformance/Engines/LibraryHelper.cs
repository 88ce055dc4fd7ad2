using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;
using Platform.Conformance.Helpers;

namespace Platform.Conformance.Engines;

/// <summary>A case's helper as Handlebars.Net calls it, in tags, arguments and blocks.</summary>
internal sealed class LibraryHelper(string name, SpecFunction function, CallCounter counter) : IHelperDescriptor<HelperOptions>, IHelperDescriptor<BlockHelperOptions>
{
    public PathInfo Name { get; } = name;

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments) =>
        Called(new LibraryCall(options, context, arguments));

    public object? Invoke(in BlockHelperOptions options, in Context context, in Arguments arguments) =>
        Called(new LibraryCall(options, context, arguments));

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) =>
        output.Write(Called(new LibraryCall(options, context, arguments))!);

    public void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments)
    {
        if (Called(new LibraryCall(options, context, arguments)) is { } value) output.Write(value.ToString(), false);
    }

    private object? Called(LibraryCall call) => function(new SpecCall(call, counter));
}
