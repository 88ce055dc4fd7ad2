namespace Platform.Templating.Compiling;

/// <summary>The block parameters that a place sees: those of the bodies around it that run in a frame of their own.</summary>
/// <param name="Names">As declared.</param>
/// <param name="HasFrame">False for the body of a block that passes no parameters.</param>
/// <param name="Outer">Around it.</param>
internal sealed record Scope(string[] Names, bool HasFrame, Scope? Outer)
{
    /// <summary>How many frames up, and which parameter; null where the name is none. -1 for one that never has a value.</summary>
    public static (int Up, int Index)? Find(Scope? scope, string name)
    {
        var up = 0;
        for (; scope is not null; scope = scope.Outer)
        {
            if (Array.IndexOf(scope.Names, name) is >= 0 and var index) return (scope.HasFrame ? up : -1, index);
            if (scope.HasFrame) up++;
        }

        return null;
    }
}
