//! What is no TOML at all, in the technician's language.

/// The reader of TOML describes what it met in English.
pub(super) fn sentence(message: &str) -> String {
    // a word that begins like `nan` or `true` is taken for one, and is a text without its quotes
    if ["invalid float", "invalid boolean", "invalid mantissa"].iter().any(|begins| message.starts_with(begins)) {
        return "não é TOML: um texto fica entre aspas".to_owned();
    }
    if message.contains("escape") {
        return "não é TOML: entre aspas duplas a \\ começa um código; um caminho do Windows fica entre aspas simples, como \
                'C:\\TEF\\Req'"
            .to_owned();
    }
    if message.contains("leading zero") {
        return "não é TOML: um número não começa com 0; um telefone ou documento é um texto e fica entre aspas"
            .to_owned();
    }
    if message.contains("array elements") || message.contains("unclosed array") || message.contains("in array") {
        return "não é TOML: a lista antes daqui não foi fechada com ], ou falta uma vírgula".to_owned();
    }
    let words: [(&str, &str); 24] = [
        ("duplicate key", "chave repetida"),
        ("missing assignment between key-value pairs", "falta o sinal de igual"),
        ("key with no value", "chave sem valor"),
        ("string values must be quoted", "um texto fica entre aspas"),
        ("unclosed table", "falta fechar o nome da tabela"),
        ("unclosed array table", "falta fechar o nome da lista de tabelas"),
        ("unclosed array", "falta fechar a lista"),
        ("unclosed inline table", "falta fechar a tabela { … }"),
        ("missing opening quote", "falta a aspa que abre"),
        ("missing closing quote", "falta a aspa que fecha"),
        ("invalid basic string", "o texto não termina nesta linha"),
        ("invalid literal string", "o texto não termina nesta linha"),
        ("missing comma between array elements", "falta a vírgula entre os valores da lista"),
        ("missing comma between key-value pairs", "falta a vírgula entre as chaves"),
        ("extra comma", "vírgula demais"),
        ("unexpected key or value", "sobra alguma coisa nesta linha"),
        ("unexpected content", "sobra alguma coisa nesta linha"),
        ("unquoted keys cannot be empty, use quotes", "falta o nome da chave"),
        ("newlines are unsupported in inline tables", "a tabela { … } fica numa linha só"),
        ("expected newline", "esperava o fim da linha"),
        (", expected one of ", "; esperava um destes: "),
        (", expected ", "; esperava "),
        ("nothing", "nada"),
        ("newline", "fim da linha"),
    ];
    let told = words.iter().fold(message.to_owned(), |text, (english, portuguese)| text.replace(english, portuguese));
    format!("não é TOML: {told}")
}
