using Platform.Conformance.Engines;
using Platform.Templating;

namespace Platform.Conformance.Helpers;

/// <summary>A case's helper: what its JavaScript does, for whichever engine calls.</summary>
internal delegate object? SpecFunction(in SpecCall call);

/// <summary>One call of a case's helper, the same for both engines.</summary>
internal readonly ref struct SpecCall
{
    private readonly HelperCall ours;
    private readonly LibraryCall? library;
    private readonly CallCounter counter;

    public SpecCall(in HelperCall call, CallCounter counter)
    {
        ours = call;
        this.counter = counter;
    }

    public SpecCall(LibraryCall call, CallCounter counter)
    {
        library = call;
        this.counter = counter;
    }

    /// <summary>An argument; null where there is none.</summary>
    public object? this[int index] => library is not null ? library.Argument(index) : index < ours.Arguments.Length ? ours.Arguments[index] : null;

    public object? This => library is not null ? library.Context : ours.Context;

    public string Name => library is not null ? library.Name : ours.Name;

    /// <summary>How many names stand in <c>as |a b|</c>.</summary>
    public int BlockParameters => library?.BlockParameters ?? ours.BlockParameters;

    public Dictionary<string, object?> Hash
    {
        get
        {
            if (library is not null) return library.Hash;
            var all = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < ours.Hash.Count; i++) all[ours.Hash.NameAt(i)] = ours.Hash.ValueAt(i);
            return all;
        }
    }

    /// <summary>An argument as text.</summary>
    public string Text(int index) => Js.Text(this[index]);

    /// <summary>A named argument as text.</summary>
    public string Named(string name) => Js.Text(Hash.GetValueOrDefault(name));

    /// <summary>A value of the context as text.</summary>
    public string Own(string name) => Js.Text(Js.Property(This, name));

    /// <summary>The value of <c>@name</c>.</summary>
    public object? Data(string name) => library is not null ? library.Data(name) : ours.Data(name);

    /// <summary>As <c>options.fn</c>.</summary>
    public string Body(object? context, Dictionary<string, object?>? data = null, params object?[] blockParameters) =>
        library is not null ? library.Body(context, data, blockParameters) : ours.CaptureBody(context, data, blockParameters);

    /// <summary>As <c>options.inverse</c>.</summary>
    public string Else(object? context) => library is not null ? library.Else(context) : ours.CaptureElse(context);

    /// <summary>1, 2, 3 … within a case.</summary>
    public int Next() => ++counter.Value;
}

/// <summary>What a case's helpers count up.</summary>
internal sealed class CallCounter
{
    public int Value { get; set; }
}
