using System.Text.RegularExpressions;
using FluentValidation;
using Jarvis.Application;
using Jarvis.Domain.Common;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Jarvis.Architecture.Tests;

public sealed class RequestTests
{
    private static readonly IServiceCollection Services = new ServiceCollection().AddJarvisApplication();

    // Types that a use case must not depend on, so that any host can send it.
    private static readonly string[] ForbiddenDependencies =
    [
        "HttpContext", "IHttpContextAccessor", "IOptions`1", "IOptionsMonitor`1", "IOptionsSnapshot`1", "IConfiguration",
        "ILogger", "ILogger`1", "ILoggerFactory", "IMediator", "ISender", "IServiceProvider", "IServiceScopeFactory",
    ];

    private static readonly List<(Type Request, Type Response)> Requests =
    [
        .. from type in Solution.Application.GetTypes()
           from contract in type.GetInterfaces()
           where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>)
           select (type, contract.GenericTypeArguments[0]),
    ];

    [Fact]
    public void Every_request_has_exactly_one_handler()
    {
        var handlers = Requests.ToDictionary(
            request => request.Request.Name,
            request => Services.Count(service => service.ServiceType == typeof(IRequestHandler<,>).MakeGenericType(request.Request, request.Response)));

        handlers.Should().NotBeEmpty();
        handlers.Should().OnlyContain(count => count.Value == 1);
    }

    [Fact]
    public void Every_request_is_created_outside_its_own_file()
    {
        var unsent = Requests.Select(request => request.Request.Name).Where(name => !Solution.Sources.Any(source =>
            !source.Name.EndsWith($"/{name}.cs", StringComparison.Ordinal) && Regex.IsMatch(source.Text, $@"\bnew {name}\b")));

        Requests.Should().NotBeEmpty();
        unsent.Should().BeEmpty();
    }

    [Fact]
    public void Validated_request_returns_a_result()
    {
        var validated = (
            from type in Solution.Application.GetTypes()
            where type is { IsAbstract: false, BaseType.IsGenericType: true } && type.BaseType.GetGenericTypeDefinition() == typeof(AbstractValidator<>)
            select type.BaseType!.GenericTypeArguments[0]).ToList();

        var neverRun = validated.Where(request => !Requests.Exists(found => found.Request == request && IsResult(found.Response)));

        validated.Should().NotBeEmpty();
        neverRun.Should().BeEmpty("the pipeline skips the validator if the response is not a result");
    }

    [Fact]
    public void Handlers_do_not_depend_on_host_logging_options_or_other_handlers()
    {
        var needed = (
            from handler in Handlers()
            from constructor in handler.GetConstructors()
            from parameter in constructor.GetParameters()
            select (Handler: handler, Needs: parameter.ParameterType)).ToList();

        var forbidden = needed.Where(dependency => ForbiddenDependencies.Contains(dependency.Needs.Name) || IsHandler(dependency.Needs))
            .Select(dependency => $"{dependency.Handler.Name} takes {dependency.Needs.Name}");

        needed.Should().NotBeEmpty();
        forbidden.Should().BeEmpty();
    }

    [Fact]
    public void Handler_is_declared_in_the_file_of_its_request()
    {
        var handlers = Handlers().ToList();

        var misplaced = handlers.Where(handler => !Solution.Sources.Any(source =>
            source.Name.EndsWith($"/{handler.Name[..^"Handler".Length]}.cs", StringComparison.Ordinal) && source.Names($"class {handler.Name}")));

        handlers.Should().NotBeEmpty();
        misplaced.Should().BeEmpty();
    }

    /// <summary>AutoMapper 14 is vulnerable to deeply nested objects in Map (GHSA-rvv3-g6hj-g44x); ProjectTo only builds a query.</summary>
    [Fact]
    public void AutoMapper_only_projects_queries()
    {
        var users = Solution.Sources.Where(source => source.Names("AutoMapper")).ToList();

        var mapping = users.Where(source => Regex.IsMatch(source.Text, @"\b(IMapper|IMapperBase|IRuntimeMapper|Mapper|CreateMapper|CreateMap)\b|\.Map(Async)?[(<]"));

        users.Should().Contain(source => source.Names("ProjectTo"));
        mapping.Select(source => source.Name).Should().BeEmpty();
    }

    private static IEnumerable<Type> Handlers() => Solution.Application.GetTypes().Where(type => !type.IsInterface && IsHandler(type));

    private static bool IsHandler(Type type) => type.GetInterfaces().Append(type)
        .Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>));

    private static bool IsResult(Type response) => response.GetInterfaces()
        .Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IResult<>));
}
