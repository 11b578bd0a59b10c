using Jarvis.Infrastructure.Persistence;
using Jarvis.Infrastructure.Persistence.Identity;
using Jarvis.Infrastructure.Persistence.Postgres;
using Jarvis.Infrastructure.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Jarvis.Architecture.Tests;

public sealed class SqliteDatabaseTests() : DatabaseTests(new SqliteDesignTimeFactory().CreateDbContext([]));

public sealed class PostgresDatabaseTests() : DatabaseTests(new PostgresDesignTimeFactory().CreateDbContext([]));

public abstract class DatabaseTests : IDisposable
{
    private readonly JarvisDbContext db;

    private protected DatabaseTests(JarvisDbContext db) => this.db = db;

    [Fact]
    public void Every_table_with_user_id_cascades_on_account_deletion()
    {
        var owned = db.Model.GetEntityTypes()
            .Where(entity => entity.GetProperties().Any(property => property.GetColumnName() == "user_id"))
            .ToList();

        var withoutCascade = owned.Where(entity => !entity.GetForeignKeys().Any(key =>
            key.PrincipalEntityType.ClrType == typeof(JarvisUser)
            && key.DeleteBehavior == DeleteBehavior.Cascade
            && key.Properties.Single().GetColumnName() == "user_id"));

        owned.Should().NotBeEmpty();
        withoutCascade.Select(entity => entity.GetTableName()).Should().BeEmpty();
    }

    [Fact]
    public void Migrations_match_the_model()
    {
        db.Database.GetMigrations().Should().NotBeEmpty();
        db.Database.HasPendingModelChanges().Should().BeFalse("`dotnet ef migrations add` was forgotten");
    }

    [Fact]
    public void Names_in_the_database_are_in_snake_case()
    {
        var names = db.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property => property.GetColumnName()).Append(entity.GetTableName()!))
            .ToList();

        names.Should().NotBeEmpty();
        names.Should().OnlyContain(name => name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '_'));
    }

    public void Dispose()
    {
        db.Dispose();
        GC.SuppressFinalize(this);
    }
}
