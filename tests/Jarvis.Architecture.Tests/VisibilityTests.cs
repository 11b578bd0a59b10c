using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Jarvis.Architecture.Tests;

public sealed class VisibilityTests
{
    private static readonly List<Type> Types =
    [
        .. Solution.All.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .Where(type => type.Namespace?.StartsWith("Jarvis.", StringComparison.Ordinal) is true)
            .Where(type => !type.Namespace!.Contains(".Migrations", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Class_without_derived_classes_is_sealed()
    {
        var classes = Types.Where(type => type is { IsClass: true, IsAbstract: false }).ToList();
        var bases = Types.Select(type => type.BaseType).OfType<Type>().ToHashSet();

        classes.Should().NotBeEmpty();
        classes.Where(type => !type.IsSealed && !bases.Contains(type)).Should().BeEmpty();
    }

    [Fact]
    public void Public_type_is_needed_by_another_project()
    {
        var publicTypes = Types.Where(type => type.IsPublic && type.Assembly != Solution.Domain && !type.IsAssignableTo(typeof(PageModel))).ToList();
        var others = Solution.Files()
            .Where(file => file.StartsWith("tests/Jarvis.TestSupport/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(SourceFile.Read)
            .Concat(Solution.Sources)
            .ToList();

        // A type in the signature of a public type must be public too.
        var signatures = publicTypes.SelectMany(SignatureOf).ToHashSet();
        var needless = publicTypes.Where(type => !signatures.Contains(type) && !others.Exists(file =>
            file.Project != type.Assembly.GetName().Name && (file.Names(NameOf(type)) || Extends(type, file))));

        publicTypes.Should().NotBeEmpty();
        needless.Should().BeEmpty();
    }

    private static string NameOf(Type type) => type.Name.Split('`')[0];

    private static bool Extends(Type type, SourceFile file) => type is { IsAbstract: true, IsSealed: true }
        && type.GetMethods().Any(method => method.IsDefined(typeof(ExtensionAttribute), inherit: false) && file.Names(method.Name));

    private static IEnumerable<Type> SignatureOf(Type type) =>
        type.GetMethods().SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .Concat(type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetInterfaces())
            .Append(type.BaseType ?? typeof(object))
            .Where(found => found != type)
            .SelectMany(Unwrap);

    private static IEnumerable<Type> Unwrap(Type type)
    {
        if (type.HasElementType)
        {
            return Unwrap(type.GetElementType()!);
        }

        return type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Unwrap).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}
