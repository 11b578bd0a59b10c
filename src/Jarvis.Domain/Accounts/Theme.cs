namespace Jarvis.Domain.Accounts;

public enum Theme
{
    System,
    Light,
    Dark,
}
