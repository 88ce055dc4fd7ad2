namespace Platform.Templating.Rendering;

/// <summary>What names mean in one run of a block's body. Frames stand on a stack and point to others by index; -1 is none.</summary>
internal struct Frame
{
    /// <summary><c>this</c></summary>
    public object? Context;

    /// <summary>The frame whose context <c>..</c> is.</summary>
    public int Outer;

    /// <summary>The frame of the body that this body is written in: where block parameters are looked for.</summary>
    public int Enclosing;

    /// <summary>The frame whose contexts the inline partials of this body have around them.</summary>
    public int Around;

    /// <summary>The nearest frame that has data variables of its own; it may be this one.</summary>
    public int Data;

    /// <summary>Where there are any: the frame whose data variables <c>@..</c> is.</summary>
    public int OuterData;

    public DataKind Kind;

    public bool IsFirst;

    public bool IsLast;

    public int Index;

    /// <summary>The key in a map; null in a list, where the index is the key.</summary>
    public string? Key;

    /// <summary>Variables that a helper gave its body.</summary>
    public IReadOnlyDictionary<string, object?>? Variables;

    /// <summary><c>@partial-block</c>; only where <see cref="Data"/> is this frame.</summary>
    public PartialBlock? PartialBlock;

    public object? Parameter0;

    public object? Parameter1;

    /// <summary>All parameters, where a helper gave them.</summary>
    public object?[]? Parameters;
}

/// <summary>What data variables a frame has.</summary>
internal enum DataKind
{
    None,
    Loop,
    Variables,
}

/// <summary>The body of <c>{{#> name}}</c>, and where it is at home.</summary>
/// <param name="Body">What it renders.</param>
/// <param name="Frame">The frame of the call.</param>
/// <param name="Scope">The inline partials that the call sees.</param>
/// <param name="Outer">What <c>@partial-block</c> means in it.</param>
/// <param name="Source">The template it is written in.</param>
internal sealed record PartialBlock(Body Body, int Frame, InlineScope? Scope, PartialBlock? Outer, TemplateSource Source)
{
    public override string ToString() => "";
}

/// <summary>An inline partial in force, and those that were before it.</summary>
/// <param name="Name">As it is called.</param>
/// <param name="Body">What it renders.</param>
/// <param name="Enclosing">The frame of the body it is defined in.</param>
/// <param name="Depth">The frame around that body.</param>
/// <param name="Source">The template it is written in.</param>
/// <param name="Next">Those before it.</param>
internal sealed record InlineScope(string Name, Body Body, int Enclosing, int Depth, TemplateSource Source, InlineScope? Next)
{
    /// <summary>What the body itself sees.</summary>
    public InlineScope? Seen { get; set; }

    public static InlineScope? Find(InlineScope? scope, string name)
    {
        while (scope is not null && scope.Name != name) scope = scope.Next;
        return scope;
    }
}
