using Jarvis.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Jarvis.Infrastructure.Persistence.Configurations;

internal static class StoredErrorMapping
{
    /// <summary>Maps the error to the columns <c>failure_code</c>, <c>failure_message</c> and <c>failure_arguments</c>.</summary>
    public static void HasFailureColumns(this ComplexPropertyBuilder<StoredError> failure)
    {
        failure.Property(error => error.Code).HasColumnName("failure_code").HasMaxLength(StoredError.CodeMaxLength);
        failure.Property(error => error.Message).HasColumnName("failure_message");
        failure.PrimitiveCollection(error => error.Arguments).HasColumnName("failure_arguments");
    }
}
