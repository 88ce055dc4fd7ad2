using System.Reflection;
using System.Text;

namespace Platform.Sdk.Tests;

/// <summary>What plugin authors build against: a change of it is a decision, made by changing the approved file.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_AsBuilt_IsTheApprovedOne()
    {
        using var stream = typeof(PublicApiTests).Assembly.GetManifestResourceStream("PublicApi.approved.txt")!;
        var approved = new StreamReader(stream).ReadToEnd().ReplaceLineEndings("\n");
        var actual = Describe(typeof(IPlugin).Assembly);
        var file = Path.Combine(AppContext.BaseDirectory, "PublicApi.actual.txt");
        if (actual != approved) File.WriteAllText(file, actual);
        Assert.True(actual == approved, $"The SDK's public API differs from PublicApi.approved.txt. If that is meant, put {file} in its place and say it in the CHANGELOG.");
    }

    [Fact]
    public void Sdk_AsBuilt_ReferencesSystemOnly() =>
        Assert.All(typeof(IPlugin).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name));

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type));
            var above = new[] { type.BaseType }.Where(t => t is not null && t != typeof(object) && t != typeof(Enum) && t != typeof(ValueType)).Concat(type.GetInterfaces().OrderBy(t => t.ToString(), StringComparer.Ordinal)).Select(t => Name(t!)).ToList();
            if (above.Count > 0 && !type.IsEnum) text.Append(" : ").AppendJoin(", ", above);
            text.Append('\n');
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is not MethodInfo { IsSpecialName: true } && m.Name != "value__" && !m.Name.Contains('<')).Select(Line).Order(StringComparer.Ordinal);
            foreach (var member in members) text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsSealed: true, IsAbstract: true } => "static class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{(method.IsAbstract ? "abstract " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property => $"{(property.GetMethod!.IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name} {{ get;{(property.SetMethod is { IsPublic: true } set ? set.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;" : " set;" : "")} }}",
        FieldInfo { IsLiteral: true } field => $"{field.Name} = {field.GetRawConstantValue()}",
        _ => member.ToString()!,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {p.DefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef) return $"out {Name(type.GetElementType()!)}";
        if (!type.IsGenericType) return type.FullName?.Replace("System.", "", StringComparison.Ordinal) ?? type.Name;
        var name = type.GetGenericTypeDefinition().Name;
        return $"{name[..Math.Max(name.IndexOf('`'), 0)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
