using Platform.Conformance.Cases;

namespace Platform.Conformance.Engines;

/// <summary>Something that renders templates, put to the proof.</summary>
internal interface IEngine
{
    string Name { get; }

    /// <summary>False for a section that it has nothing to show for.</summary>
    bool Takes(string section);

    /// <summary>What it makes of a case: the page, the printed tree, the tokens as JSON.</summary>
    /// <exception cref="RefusedException">It refused the template, or its rendering failed as it should.</exception>
    string Make(SpecCase one);
}

/// <summary>The failure an engine is expected to show; any other exception is a defect.</summary>
/// <param name="message">What it says.</param>
/// <param name="line">The line it names; null where it names none.</param>
internal sealed class RefusedException(string message, int? line = null) : Exception(message)
{
    public int? Line { get; } = line;
}
