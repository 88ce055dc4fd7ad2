using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using HandlebarsDotNet.PathStructure;

namespace Platform.Conformance.Engines;

/// <summary>A helper call as Handlebars.Net makes it.</summary>
internal sealed class LibraryCall
{
    private readonly Arguments arguments;
    private readonly BlockHelperOptions? block;
    private readonly HelperOptions? value;

    public LibraryCall(in BlockHelperOptions options, in Context context, in Arguments arguments)
        : this(context, arguments, options.Name) => block = options;

    public LibraryCall(in HelperOptions options, in Context context, in Arguments arguments)
        : this(context, arguments, options.Name) => value = options;

    private LibraryCall(in Context context, in Arguments arguments, PathInfo name)
    {
        Context = Defined(context.Value);
        this.arguments = arguments;
        Name = name.TrimmedPath ?? "";
    }

    public object? Context { get; }

    public string Name { get; }

    public int BlockParameters => block?.BlockVariables.Length ?? 0;

    public Dictionary<string, object?> Hash => arguments.Hash.ToDictionary(entry => entry.Key, entry => Defined(entry.Value), StringComparer.Ordinal);

    // Named arguments stand behind the others, as one dictionary.
    public object? Argument(int index) => index < arguments.Length && !ReferenceEquals(arguments[index], arguments.Hash) ? Defined(arguments[index]) : null;

    public object? Data(string name) => Defined(block is { } options ? options.Data[ChainSegment.Create(name)] : value!.Value.Data[ChainSegment.Create(name)]);

    public string Body(object? context, Dictionary<string, object?>? data, object?[] blockParameters)
    {
        if (block is not { } options) throw new InvalidOperationException("This is no block.");
        using var frame = options.CreateFrame(context);
        foreach (var (name, item) in data ?? [])
        {
            var values = frame.Data;
            values.CreateProperty(ChainSegment.Create(name), item, out _);
        }

        var parameters = frame.BlockParams(options.BlockVariables);
        for (var i = 0; i < Math.Min(blockParameters.Length, options.BlockVariables.Length); i++)
        {
            parameters.CreateProperty(i, out var at);
            parameters[at] = blockParameters[i];
        }

        return Captured(output => options.Template(output, frame));
    }

    public string Else(object? context)
    {
        if (block is not { } options) throw new InvalidOperationException("This is no block.");
        using var frame = options.CreateFrame(context);
        return Captured(output => options.Inverse(output, frame));
    }

    public static object? Defined(object? value) => value is UndefinedBindingResult ? null : value;

    private static string Captured(Action<EncodedTextWriter> write)
    {
        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        using var output = new EncodedTextWriter(text, LibraryEngine.Encoder, LibraryEngine.Formatters);
        write(output);
        return text.ToString();
    }
}
