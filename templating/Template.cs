using System.Buffers;
using System.Text;
using Platform.Templating.Rendering;

namespace Platform.Templating;

/// <summary>A template that can be rendered. Immutable and safe for concurrent use.</summary>
public sealed class Template
{
    private readonly TemplateCode code;

    internal Template(TemplateCode code) => this.code = code;

    /// <summary>As <see cref="TemplateSource.File"/> has it.</summary>
    public string File => code.Source.File;

    /// <summary>Renders into UTF-8; nothing is written unless all of it can be.</summary>
    /// <param name="model">The data: a value of the closed model, usually a map.</param>
    /// <param name="output">Where the page goes.</param>
    /// <param name="budget">What it may cost.</param>
    /// <param name="state">For helpers, see <see cref="HelperCall.State"/>.</param>
    /// <param name="data">More <c>@</c> variables.</param>
    /// <exception cref="TemplateException">The only exception: whatever goes wrong, with its place.</exception>
    public void Render(object? model, IBufferWriter<byte> output, RenderBudget budget, object? state = null, IReadOnlyDictionary<string, object?>? data = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        var run = RenderRun.Start(code.Source, model, budget, state, data);
        try
        {
            code.Body.Render(run);
            run.Output.CheckLimit();
            output.Write(run.Output.Written);
        }
        catch (RenderStop stop)
        {
            throw run.Failure(run.At, stop.Message, stop);
        }
        catch (InsufficientExecutionStackException failure)
        {
            throw run.Failure(run.At, "blocks and partials are nested too deep for the stack. End the recursion with {{#if …}}.", failure);
        }
        catch (Exception failure) when (failure is not TemplateException)
        {
            throw run.Failure(run.At, $"rendering failed: {failure.GetType().Name}: {failure.Message}", failure);
        }
        finally
        {
            run.End();
        }
    }

    /// <summary>Renders into a text within the default budget; for tests and small uses.</summary>
    /// <exception cref="TemplateException">Whatever goes wrong, with its place.</exception>
    public string Render(object? model)
    {
        var output = new ArrayBufferWriter<byte>();
        Render(model, output, RenderBudget.Default);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
