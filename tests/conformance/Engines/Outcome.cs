using System.Text.Json.Nodes;
using Platform.Conformance.Cases;

namespace Platform.Conformance.Engines;

/// <summary>What became of a case.</summary>
/// <param name="Passed">Whether it came out as the specification says.</param>
/// <param name="Got">What came out instead.</param>
internal readonly record struct Outcome(bool Passed, string Got)
{
    public static Outcome Of(IEngine engine, SpecCase one)
    {
        try
        {
            var got = engine.Make(one);
            return new(!one.MustFail && Same(got, one), got);
        }
        catch (RefusedException refusal)
        {
            // Where the specification names a line, an engine that names one must name the same.
            return new(one.MustFail && (refusal.Line ?? one.ErrorLine) == (one.ErrorLine ?? refusal.Line), "error: " + refusal.Message);
        }
        catch (Exception defect)
        {
            return new(false, $"{defect.GetType().Name}: {defect.Message}");
        }
    }

    private static bool Same(string got, SpecCase one) =>
        one.Section == Sections.Tokenizer ? JsonNode.DeepEquals(JsonNode.Parse(got), JsonNode.Parse(one.Expected)) : got == one.Expected;
}
