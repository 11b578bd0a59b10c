namespace Jarvis.Application.Speech;

internal enum PolishGender
{
    Masculine,
    Feminine,
    Neuter,
}
