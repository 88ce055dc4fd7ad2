using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using Platform.Templating;

namespace Platform.Host.Themes.HandlebarsNet;

/// <summary>Prints every value the same on every machine; nothing of a value's .NET type is ever seen.</summary>
internal sealed class ValueFormatter : IFormatter, IFormatterProvider
{
    public bool TryCreateFormatter(Type type, [NotNullWhen(true)] out IFormatter? formatter)
    {
        formatter = this;
        return true;
    }

    public void Format<T>(T value, in EncodedTextWriter writer)
    {
        switch (value)
        {
            case UndefinedBindingResult:
                return;
            case long number:
                RenderRun.Current.Output.WriteNumber(number);
                return;
            case int number:
                RenderRun.Current.Output.WriteNumber(number);
                return;
            case SafeString text:
                writer.Write(text.Value, encode: false);
                return;
            default:
                writer.Write(TemplateValue.Text(value), encode: true);
                return;
        }
    }
}
