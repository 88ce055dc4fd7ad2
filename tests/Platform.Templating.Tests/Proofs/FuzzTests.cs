using Platform.Bench.Templates;
using Platform.Bench.Templates.Fuzzing;

namespace Platform.Templating.Tests.Proofs;

/// <summary>A short run of <c>bench/run fuzz-templates</c>.</summary>
public class FuzzTests
{
    private const int Inputs = 20_000;

    private static readonly string[] Seeds =
    [
        "{{#each list as |v i|}}{{i}}={{v}}{{#unless @last}}, {{/unless}}{{else}}none{{/each}}\n",
        "{{#> p x=1}}\n  {{#*inline \"q\"}}{{x}}{{/inline}}\n  {{> q}}\n{{/p}}\n",
        "{{> (lookup . 'name')}}{{> self}}{{> loop}}{{> ping}}",
        "{{{{raw}}}} {{x}} {{{{/raw}}}}{{!-- c --}}\\{{x}}",
        "{{#with (lookup map 'k') as |v|}}{{~v~}}{{^}}{{@root.x}}{{/with}}{{#if x}}{{{json map}}}{{else if y}}{{deep}}{{cycle}}{{/if}}",
    ];

    [Fact]
    public void MutatedTemplates_GiveAPageOrAnErrorWithAPlace()
    {
        var chance = new Chance(20);
        var mutator = new Mutator(chance, Seeds);
        var target = new Target(analysedEach: 100);
        var outcomes = new int[Enum.GetValues<Outcome>().Length];
        for (var i = 0; i < Inputs; i++)
        {
            var text = mutator.Next();
            var model = chance.Below(HostileData.Models.Count);
            var failure = Record.Exception(() => outcomes[(int)target.Run(text, HostileData.Models[model])]++);
            Assert.True(failure is null, $"input {i}, model {model}: {failure?.Message}\n{text}");
        }

        Assert.All(outcomes, count => Assert.True(count > 0, "every way to end is expected to come up"));
    }
}
