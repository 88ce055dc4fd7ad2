namespace Platform.Templating;

/// <summary>What a helper does: returns a value for a tag or an argument, or writes and renders where it stands as a block.</summary>
/// <param name="call">Arguments, hash, context; valid until the helper returns.</param>
/// <returns>A value of the closed model or a <see cref="SafeString"/>. A tag prints it escaped, a block as it is; null prints nothing.</returns>
/// <exception cref="HelperException">An argument is not what the helper can use. Helper, template and line are added.</exception>
public delegate object? HelperFunction(in HelperCall call);

/// <summary>A named function that templates call. Safe for concurrent use if its function is.</summary>
/// <param name="Name">As templates write it.</param>
/// <param name="Function">What it does.</param>
/// <param name="Least">The fewest arguments, from 0.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Usage">For messages: <c>(truncate text length)</c>.</param>
public sealed record Helper(string Name, HelperFunction Function, int Least = 0, int Most = int.MaxValue, string Usage = "");

/// <summary>An argument that a helper can't use; the message says what was found, what was expected and what to do.</summary>
public sealed class HelperException : Exception
{
    /// <summary>A failure without a message of its own.</summary>
    public HelperException()
    {
    }

    /// <summary>A failure.</summary>
    public HelperException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its cause.</summary>
    public HelperException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
