using Jarvis.Domain.Accounts;
using Jarvis.Domain.Common;
using Jarvis.Infrastructure.Persistence.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Jarvis.Infrastructure.Persistence.Configurations;

internal sealed class JarvisUserConfiguration : IEntityTypeConfiguration<JarvisUser>
{
    private const int NameMaxLength = 256;

    public void Configure(EntityTypeBuilder<JarvisUser> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.UserName).HasColumnName("username").HasMaxLength(NameMaxLength);
        builder.Property(user => user.NormalizedUserName).HasColumnName("normalized_username").HasMaxLength(NameMaxLength);
        builder.Property(user => user.Email).HasMaxLength(NameMaxLength);
        builder.Property(user => user.NormalizedEmail).HasMaxLength(NameMaxLength);
        builder.Property(user => user.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasIndex(user => user.NormalizedUserName).IsUnique();
        builder.HasIndex(user => user.NormalizedEmail).IsUnique();
        builder.Ignore(user => user.PhoneNumber).Ignore(user => user.PhoneNumberConfirmed).Ignore(user => user.TwoFactorEnabled);
    }
}

internal sealed class UserConfigConfiguration : IEntityTypeConfiguration<UserConfig>
{
    public void Configure(EntityTypeBuilder<UserConfig> builder)
    {
        builder.ToTable("user_config");
        builder.HasOne<JarvisUser>().WithOne().HasForeignKey<UserConfig>(config => config.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(config => config.UserId).IsUnique();
        builder.Property(config => config.Model).HasMaxLength(UserConfig.ModelMaxLength);
        builder.Property(config => config.SpeachesTtsModel).HasMaxLength(UserConfig.VoiceMaxLength);
        builder.Property(config => config.SpeachesTtsVoice).HasMaxLength(UserConfig.VoiceMaxLength);
        builder.Property(config => config.TtsProvider).HasMaxLength(UserConfig.VoiceMaxLength);
    }
}

internal sealed class AccessTokenConfiguration : IEntityTypeConfiguration<AccessToken>
{
    public void Configure(EntityTypeBuilder<AccessToken> builder)
    {
        builder.ToTable("access_tokens");
        builder.HasOne<JarvisUser>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(token => token.Name).HasMaxLength(AccessToken.NameMaxLength);
        builder.HasIndex(token => token.Hash).IsUnique();
    }
}
