using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.ObjectDescriptors;
using HandlebarsDotNet.PathStructure;
using HandlebarsDotNet.Runtime;
using Platform.Sdk;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>
/// What can be reached of a value: a map's keys, a list's indices and length, a text's length; of any other type nothing.
/// The library never reflects: this answers for every type.
/// </summary>
internal sealed class ClosedMembers : IObjectDescriptorProvider, IMemberAccessor
{
    private static readonly object[] NoProperties = [];
    private readonly ObjectDescriptor descriptor;

    public ClosedMembers() => descriptor = new(typeof(object), this, static (_, _) => NoProperties, static _ => null!, []);

    public bool TryGetDescriptor(Type type, [NotNullWhen(true)] out ObjectDescriptor? value)
    {
        value = descriptor;
        return true;
    }

    public bool TryGetValue(object? instance, ChainSegment memberName, out object? value) => TryGetValue(instance, memberName.TrimmedValue, out value);

    public static bool TryGetValue(object? instance, string name, out object? value)
    {
        switch (instance)
        {
            case DataMap map:
                return map.TryGetValue(name, out value);
            case DataList list:
                if (name == "length")
                {
                    value = BoxedValues.Int(list.Count);
                    return true;
                }

                var isIndex = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count;
                value = isIndex ? list[index] : null;
                return isIndex;
            case NamedValues named:
                return named.Values.TryGetValue(name, out value) || TryGetValue(named.Outer, name, out value);
            case string text when name == "length":
                value = BoxedValues.Int(text.Length);
                return true;
            default:
                value = null;
                return false;
        }
    }
}

/// <summary>The named values of a partial call in front of what was in view: <c>{{&gt; __card title="x"}}</c>.</summary>
internal sealed record NamedValues(HashParameterDictionary Values, object? Outer);
