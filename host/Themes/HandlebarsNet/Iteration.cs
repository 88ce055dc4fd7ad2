using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.PathStructure;
using HandlebarsDotNet.Runtime;
using HandlebarsDotNet.ValueProviders;
using Platform.Templating;
using Platform.Sdk;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary><c>{{#each}}</c> over lists and maps, as in Handlebars.js; anything else has no entries.</summary>
internal static class Iteration
{
    public static bool IsTruthy(object? value, bool includeZero) => TemplateValue.IsTruthy(Frames.Defined(value), includeZero);

    public static void Each(BindingContext context, EncodedTextWriter writer, ChainSegment[] parameters, object? target, TemplateDelegate template, TemplateDelegate ifEmpty)
    {
        switch (target)
        {
            case DataList { Count: > 0 } list:
                Walk(context, writer, parameters, template, new ListEntries(list));
                break;
            case DataMap { Count: > 0 } map:
                Walk(context, writer, parameters, template, new MapEntries(map));
                break;
            default:
                ifEmpty(writer, context);
                break;
        }
    }

    private static void Walk<T>(BindingContext context, EncodedTextWriter writer, ChainSegment[] parameters, TemplateDelegate template, T entries)
        where T : struct, IEntries
    {
        var frame = context.CreateFrame();
        try
        {
            var data = new IteratorValues(frame);
            var named = new BlockParamsValues(frame, parameters);
            var last = entries.Count - 1;
            for (var i = 0; i <= last; i++)
            {
                var (key, value) = entries.Next(i);
                if (i == 1) data.First = BoxedValues.False;
                if (i == last) data.Last = BoxedValues.True;
                data.Index = BoxedValues.Int(i);
                data.Key = key;
                named[0] = value;
                named[1] = key;
                frame.Value = value;
                template(writer, frame);
            }
        }
        finally
        {
            Frames.Release(frame);
        }
    }

    private interface IEntries
    {
        int Count { get; }

        (object Key, object? Value) Next(int index);
    }

    private readonly struct ListEntries(DataList list) : IEntries
    {
        public int Count => list.Count;

        public (object Key, object? Value) Next(int index) => (BoxedValues.Int(index), list[index]);
    }

    private struct MapEntries(DataMap map) : IEntries
    {
        private DataMap.Enumerator entries = map.GetEnumerator();

        public int Count { get; } = map.Count;

        public (object Key, object? Value) Next(int index)
        {
            entries.MoveNext();
            return (entries.Current.Key, entries.Current.Value);
        }
    }
}
