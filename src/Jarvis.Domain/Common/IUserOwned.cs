
namespace Jarvis.Domain.Common;

/// <summary>Marks an entity that belongs to one person. Every query for it starts from its owner.</summary>
public interface IUserOwned
{
    UserId UserId { get; }
}
