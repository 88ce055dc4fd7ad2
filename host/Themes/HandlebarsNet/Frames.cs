using System.Runtime.CompilerServices;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.PathStructure;
using Data = HandlebarsDotNet.Collections.FixedSizeDictionary<HandlebarsDotNet.PathStructure.ChainSegment, object?, HandlebarsDotNet.PathStructure.ChainSegment.ChainSegmentEqualityComparer>;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>
/// The library's frames. It pools them and forgets to clean them: their dictionaries tell live entries by a byte that comes
/// round after 255 uses, and then show what another visitor's page left. Every frame made here is emptied before it goes back.
/// </summary>
internal static class Frames
{
    public static BindingContext Root(ICompiledHandlebarsConfiguration configuration, object model) => Create(null, configuration, model);

    public static void Release(BindingContext frame)
    {
        ContextData(frame).Clear();
        BlockParameters(frame).Clear();
        frame.Dispose();
    }

    /// <summary>The value of a block parameter: <c>{{#each items as |item|}}</c>.</summary>
    public static bool TryGetParameter(BindingContext frame, ChainSegment name, out object? value)
    {
        value = null;
        var parameters = BlockParameters(frame);
        return parameters.Count > 0 && parameters.TryGetValue(name, out value);
    }

    public static object? Defined(object? value) => value is UndefinedBindingResult ? null : value;

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_PartialBlockTemplate")]
    public static extern TemplateDelegate? Block(BindingContext frame);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_PartialBlockTemplate")]
    public static extern void SetBlock(BindingContext frame, TemplateDelegate? block);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ParentContext")]
    public static extern BindingContext? Parent(BindingContext frame);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "Create")]
    private static extern BindingContext Create(BindingContext? type, ICompiledHandlebarsConfiguration configuration, object? value);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ContextDataObject")]
    private static extern Data ContextData(BindingContext frame);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_BlockParamsObject")]
    private static extern Data BlockParameters(BindingContext frame);
}
