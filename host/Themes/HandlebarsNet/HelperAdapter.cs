using System.Runtime.CompilerServices;
using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;
using Platform.Host.Themes.HandlebarsNet.Checking;
using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>A helper as the library calls it: its first argument is the position of the call. Blocks it can't call.</summary>
internal sealed class HelperAdapter(Helper helper, LibraryEnvironment environment) : IHelperDescriptor<HelperOptions>
{
    private readonly ValuePath path = ValuePath.Parse(helper.Name)!;

    public PathInfo Name { get; } = helper.Name;

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments)
    {
        if (arguments.Length == 0 && helper.Least > 0) return ValuePath.Resolve(options.Frame, path);
        var position = arguments.Length > 0 ? arguments[0] switch { int at => at, long at => at, _ => -1L } : -1L;
        if (position < 0) throw new InvalidOperationException($"{helper.Name} was called without a position.");
        var count = arguments.Length - 1;
        var few = default(FewValues);
        var values = count <= FewValues.Length ? ((Span<object?>)few)[..count] : new object?[count];
        for (var i = 0; i < count; i++) values[i] = Frames.Defined(arguments[i + 1]);
        var (source, offset) = environment.Place(position);
        try
        {
            if (count < helper.Least || count > helper.Most) throw new HelperException($"{count} arguments; expected {helper.Usage}.");
            return helper.Function(new HelperCall(helper.Name, values, default, context.Value, RenderRun.Current.Notes, source.File));
        }
        catch (Exception failure) when (failure is not TemplateException)
        {
            var (line, column) = TextPlace.Of(source.Text, offset);
            var what = failure is HelperException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}";
            throw source.Error(line, column, $"{helper.Name}: {what}", failure);
        }
    }

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments) =>
        output.Write(Invoke(options, context, arguments));

    [InlineArray(Length)]
    private struct FewValues
    {
        public const int Length = 5;
        private object? first;
    }
}
