using System.Globalization;
using Platform.Sdk;

namespace Platform.Host.Configuration;

/// <summary>
/// The settings a plugin knows, from its plugin.yaml: their defaults and types. A plain value is a default whose type is
/// the setting's; a map with <c>type</c> in it describes one more closely.
/// </summary>
public sealed class SettingsSchema
{
    private readonly Dictionary<string, SettingRule> rules = new(StringComparer.Ordinal);
    private readonly bool isDeclared;

    private SettingsSchema(bool isDeclared) => this.isDeclared = isDeclared;

    /// <summary>Of a plugin that says nothing of its settings: any will do.</summary>
    public static SettingsSchema Any { get; } = new(isDeclared: false);

    /// <summary>The defaults.</summary>
    public DataMap Defaults { get; } = new();

    /// <summary>The settings' names and rules.</summary>
    public IReadOnlyDictionary<string, SettingRule> Rules => rules;

    /// <summary>Reads <c>settings</c> of a manifest.</summary>
    internal static SettingsSchema Read(SectionReader manifest)
    {
        var node = manifest.Ask("settings");
        if (node is null) return Any;
        var defaults = SettingsValue.MapOf(node, "settings", manifest.Problems);
        var schema = new SettingsSchema(isDeclared: true);
        var section = manifest.Section("settings");
        foreach (var (key, value) in defaults)
        {
            var rule = node[key] is { Kind: NodeKind.Map } map && map["type"] is { Kind: NodeKind.Scalar }
                ? SettingRule.Read(section.Section(key), value as DataMap)
                : SettingRule.Of(value);
            schema.rules[key] = rule;
            if (!rule.IsRequired) schema.Defaults[key] = rule.Default;
        }

        return schema;
    }

    /// <summary>The settings in force: the defaults, and over them those of config.yaml.</summary>
    public DataMap Over(DataMap settings) => SettingsValue.Overlay(Defaults, settings);

    /// <summary>Holds settings of config.yaml against the rules.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="settings">Its settings as configured.</param>
    /// <param name="at">Where a setting stands.</param>
    public IEnumerable<Problem> Check(string plugin, DataMap settings, Func<string, Position> at)
    {
        if (!isDeclared) yield break;
        foreach (var (key, value) in settings)
        {
            var name = at(key).Name ?? $"plugins.each.{plugin}.settings.{key}";
            if (!rules.TryGetValue(key, out var rule))
                yield return at(key).Problem($"{name}: unknown setting; {(rules.Count == 0 ? "its plugin.yaml has none" : $"its plugin.yaml knows {string.Join(", ", rules.Keys)}")}.{(Nearest.Of(key, rules.Keys) is { } nearest ? $" Did you mean {Quoted.Text(nearest)}?" : " Remove it.")}");
            else if (rule.Complaint(value) is { } complaint)
                yield return at(key).Problem($"{name}: {complaint}");
        }

        foreach (var (key, rule) in rules)
        {
            if (rule.IsRequired && !settings.ContainsKey(key)) yield return at(key).Problem($"plugins.each.{plugin}.settings.{key}: missing; expected {rule.Expected}. The plugin does not run without it.");
        }
    }
}

/// <summary>What one setting may be.</summary>
/// <param name="Type">Its type: any, text, boolean, integer, number, list or map.</param>
/// <param name="Default">What holds where config.yaml has none.</param>
public sealed record SettingRule(string Type, object? Default)
{
    private static readonly string[] Types = ["any", "text", "boolean", "integer", "number", "list", "map"];

    /// <summary>True where config.yaml must give it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The least number, length of text or count of a list; null for none.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest of that; null for none.</summary>
    public double? Max { get; init; }

    /// <summary>The texts that will do; empty for any.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>A line on what it does.</summary>
    public string? Description { get; init; }

    /// <summary>What is expected, for messages.</summary>
    public string Expected
    {
        get
        {
            if (OneOf.Count > 0) return $"one of {string.Join(", ", OneOf)}";
            var kind = Type switch { "any" => "a value", "integer" => "a whole number", "text" => "a text", "boolean" => "true or false", _ => $"a {Type}" };
            var of = Type switch { "text" => " characters", "list" => " entries", _ => "" };
            return (Min, Max) switch
            {
                ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"{kind} of {min} to {max}{of}"),
                ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"{kind} of at least {min}{of}"),
                (null, { } max) => string.Create(CultureInfo.InvariantCulture, $"{kind} of at most {max}{of}"),
                _ => kind,
            };
        }
    }

    /// <summary>The rule that a plain default makes: its type.</summary>
    public static SettingRule Of(object? value) => new(
        value switch { null => "any", bool => "boolean", long => "integer", double => "number", DataList => "list", DataMap => "map", _ => "text" },
        value);

    internal static SettingRule Read(SectionReader section, DataMap? values)
    {
        var rule = new SettingRule(section.Choice("type", "any", [.. Types.Select(type => (type, type))]), values?["default"])
        {
            IsRequired = section.Flag("required", false),
            Min = Bound("min"),
            Max = Bound("max"),
            OneOf = section.List<string>("one_of", [], Names.TryParseLine),
            Description = section.Optional<string>("description", Names.TryParseLine),
        };
        section.Ask("default");
        section.Close();
        if (rule.IsRequired && section.Has("default")) section.Refuse("required", "true, and a default is there; expected one of the two. Remove one.");
        if (!rule.IsRequired && rule.Default is not null && rule.Complaint(rule.Default) is { } complaint) section.Refuse("default", complaint);
        return rule;

        double? Bound(string key)
        {
            section.Ask(key);
            if (values?[key] is not { } found) return null;
            if (found is long or double) return Convert.ToDouble(found, CultureInfo.InvariantCulture);
            section.Refuse(key, $"{Quoted.Text(found.ToString() ?? "")}; expected a number.");
            return null;
        }
    }

    /// <summary>What is wrong with a value; null where it will do.</summary>
    public string? Complaint(object? value)
    {
        var fits = (Type, value) switch
        {
            ("any", _) => true,
            ("text", string text) => (OneOf.Count == 0 || OneOf.Contains(text)) && IsWithin(text.Length),
            ("boolean", bool) => true,
            ("integer", long number) => IsWithin(number),
            ("number", long or double) => IsWithin(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            ("list", DataList list) => IsWithin(list.Count),
            ("map", DataMap) => true,
            _ => false,
        };
        return fits ? null : $"{Found(value)}; expected {Expected}.{(Type == "text" && value is long or double or bool ? " Put it in quotes." : "")}";
    }

    private bool IsWithin(double number) => !(number < Min) && !(number > Max);

    private static string Found(object? value) => value switch
    {
        null => "nothing",
        DataList => "a list",
        DataMap => "a map",
        bool flag => flag ? "true" : "false",
        _ => Quoted.Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
