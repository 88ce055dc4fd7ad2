namespace Platform.Templating.Rendering;

/// <summary>The stack of frames: what names mean where a rendering stands.</summary>
internal sealed partial class RenderRun
{
    public ref Frame FrameAt(int index) => ref frames[index];

    /// <summary>Puts a frame on the stack: a body written in the frame in force, run with a context.</summary>
    /// <returns>The frame before, for <see cref="Pop"/>.</returns>
    public int Push(object? context)
    {
        var before = Current;
        ref var frame = ref NewFrame();
        ref var outer = ref frames[before];
        frame.Context = context;
        frame.Enclosing = before;
        frame.Around = before;
        frame.Outer = TemplateValue.AreSame(context, outer.Context) ? outer.Outer : before;
        frame.Data = outer.Data;
        Current = top;
        Context = context;
        return before;
    }

    /// <summary>Puts the frame of a partial on the stack: of what surrounds the call it sees the data variables only.</summary>
    public int PushPartial(object? context, bool isCompat)
    {
        var before = Current;
        ref var frame = ref NewFrame();
        ref var outer = ref frames[before];
        frame.Context = context;
        frame.Enclosing = -1;
        frame.Outer = !isCompat ? -1 : TemplateValue.AreSame(context, outer.Context) ? outer.Outer : before;
        frame.Around = frame.Outer;
        frame.Data = outer.Data;
        Current = top;
        Context = context;
        return before;
    }

    /// <summary>Puts the frame of a body on the stack that was written elsewhere than it is called.</summary>
    public int PushElsewhere(object? context, int enclosing, int around)
    {
        var before = Current;
        ref var frame = ref NewFrame();
        frame.Context = context;
        frame.Enclosing = enclosing;
        frame.Around = around;
        frame.Outer = around >= 0 && TemplateValue.AreSame(context, frames[around].Context) ? frames[around].Outer : around;
        frame.Data = frames[before].Data;
        Current = top;
        Context = context;
        return before;
    }

    /// <summary>Gives the frame in force, one of a loop, its next context.</summary>
    /// <param name="context">The item.</param>
    /// <param name="around">The frame around the loop.</param>
    public ref Frame Turn(object? context, int around)
    {
        // Even an empty body costs a step a turn: a long list can't be free.
        Step();
        ref var frame = ref frames[Current];
        ref var outer = ref frames[around];
        frame.Context = context;
        frame.Outer = TemplateValue.AreSame(context, outer.Context) ? outer.Outer : around;
        Context = context;
        return ref frame;
    }

    /// <summary>Gives the frame in force data variables of its own.</summary>
    public ref Frame OpenData(DataKind kind)
    {
        ref var frame = ref frames[Current];
        frame.OuterData = frame.Data;
        frame.PartialBlock = frame.Data < 0 ? null : frames[frame.Data].PartialBlock;
        frame.Data = Current;
        frame.Kind = kind;
        return ref frame;
    }

    public void Pop(int before)
    {
        top--;
        Current = before;
        Context = frames[before].Context;
    }

    /// <summary>The context that a number of <c>..</c> mean; null above the first.</summary>
    public object? OuterContext(int up)
    {
        var frame = Current;
        while (up-- > 0 && frame >= 0) frame = frames[frame].Outer;
        return frame < 0 ? null : frames[frame].Context;
    }

    /// <summary>The parameter of a body around.</summary>
    public object? Parameter(int up, int index)
    {
        var at = Current;
        while (up-- > 0 && at >= 0) at = frames[at].Enclosing;
        if (at < 0) return null;
        ref var frame = ref frames[at];
        if (frame.Parameters is { } given) return index < given.Length ? given[index] : null;
        return index == 0 ? frame.Parameter0 : index == 1 ? frame.Parameter1 : null;
    }

    /// <summary>A data variable.</summary>
    public object? Data(string name, int up)
    {
        var at = frames[Current].Data;
        for (; up > 0; up--)
        {
            if (at < 0) return null;
            at = frames[at].OuterData;
        }

        if (name == "partial-block") return at < 0 ? null : frames[at].PartialBlock;
        for (; at >= 0; at = frames[at].OuterData)
        {
            ref var frame = ref frames[at];
            if (frame.Kind == DataKind.Loop)
            {
                switch (name)
                {
                    case "index":
                        return Boxes.Of(frame.Index);
                    case "key":
                        return frame.Key ?? Boxes.Of(frame.Index);
                    case "first":
                        return Boxes.Of(frame.IsFirst);
                    case "last":
                        return Boxes.Of(frame.IsLast);
                }
            }
            else if (frame.Kind == DataKind.Variables && frame.Variables!.TryGetValue(name, out var value))
            {
                return value;
            }
        }

        if (variables is not null && variables.TryGetValue(name, out var given)) return given;
        return name == "root" ? root : null;
    }

    /// <summary>Whether data variables reach so many <c>..</c> up.</summary>
    public bool HasData(int up)
    {
        var at = frames[Current].Data;
        for (; up > 0 && at >= 0; up--) at = frames[at].OuterData;
        return up == 0;
    }

    public PartialBlock? PartialBlock => frames[Current].Data is >= 0 and var at ? frames[at].PartialBlock : null;

    private ref Frame NewFrame()
    {
        if (++top == frames.Length) Array.Resize(ref frames, frames.Length * 2);
        if (top > highest) highest = top;
        ref var frame = ref frames[top];
        frame = default;
        frame.OuterData = -1;
        return ref frame;
    }
}
