"""Languages of code blocks, by the names that authors use.

They are those that pandoc 3.9 highlights, since the Workbench labels these and no others.
"""

from __future__ import annotations

_NAMES = """
abc actionscript ada agda apache asn1 asp ats awk bash bibtex boo c changelog clojure cmake coffee coldfusion
comments commonlisp cpp crystal cs css curry d dart debiancontrol default diff djangotemplate dockerfile dosbat
dot doxygen doxygenlua dtd eiffel elixir elm email erlang fasm fortranfixed fortranfree fsharp gap gcc gdscript
gleam glsl gnuassembler go gpr graphql groovy hamlet haskell haxe html idris ini isocpp j java javadoc
javascript javascriptreact json jsp julia kotlin latex lex lilypond literatecurry literatehaskell llvm lua m4
makefile mandoc markdown mathematica matlab maxima mediawiki metafont mips modelines modula2 modula3 monobasic
mustache nasm nim nix noweb objectivec objectivecpp ocaml octave odin opencl orgmode pascal perl php pike
postscript povray powershell prolog protobuf pure purebasic purescript python qml r racket raku relaxng
relaxngcompact rest rhtml roff ruby rust sass scala scheme sci scss sed sgml sml spdxcomments sql sqlmysql
sqlpostgresql stan stata swift systemverilog tcl tcsh terraform texinfo tlaplus toml typescript typst verilog
vhdl xml xorg xslt xul yacc yaml zig zsh
""".split()

_OTHER_NAMES = {
    "asm": "fasm", "bat": "dosbat", "bib": "bibtex", "c++": "cpp", "cc": "cpp", "cfg": "ini", "clj": "clojure",
    "cls": "latex", "cmd": "dosbat", "conf": "toml", "csharp": "cs", "cu": "isocpp", "cxx": "cpp", "do": "stata",
    "erl": "erlang", "ex": "elixir", "f": "fortranfixed", "f90": "fortranfree", "f95": "fortranfree",
    "for": "fortranfixed", "fortran": "fortranfixed", "h": "c", "hpp": "cpp", "hs": "haskell", "htm": "html",
    "jl": "julia", "js": "javascript", "jsonl": "json", "jsx": "javascriptreact", "kt": "kotlin",
    "lhs": "literatehaskell", "lisp": "commonlisp", "m": "matlab", "md": "markdown", "mk": "makefile",
    "ml": "ocaml", "mli": "ocaml", "mm": "objectivecpp", "pas": "pascal", "patch": "diff", "pl": "perl",
    "pm": "perl", "proto": "protobuf", "ps1": "powershell", "psm1": "powershell", "py": "python", "rb": "ruby",
    "rs": "rust", "s": "gnuassembler", "scm": "scheme", "sh": "bash", "sty": "latex", "sv": "systemverilog",
    "svg": "xml", "tex": "latex", "ts": "typescript", "txt": "default", "typ": "typst", "v": "verilog",
    "vb": "monobasic", "vhd": "vhdl", "yml": "yaml",
}  # fmt: skip

LANGUAGES: dict[str, str] = {name: name for name in _NAMES} | _OTHER_NAMES
"""The language of a block, by the (lower-case) word that its author wrote."""

LEXERS = {
    "commonlisp": "common-lisp", "djangotemplate": "django", "dosbat": "batch", "debiancontrol": "debcontrol",
    "fortranfixed": "fortranfixed", "fortranfree": "fortran", "gnuassembler": "gas", "isocpp": "cpp",
    "javascriptreact": "javascript", "literatehaskell": "literate-haskell", "lex": "c", "mandoc": "groff",
    "monobasic": "vb.net", "objectivec": "objective-c", "objectivecpp": "objective-c++", "opencl": "c",
    "povray": "pov", "relaxngcompact": "rnc", "relaxng": "xml", "roff": "groff", "sqlmysql": "mysql",
    "sqlpostgresql": "postgresql", "tlaplus": "text", "xul": "xml", "yacc": "c", "gcc": "c", "coldfusion": "cfm",
}  # fmt: skip
"""What Pygments calls a language, where it has another name for it; `text` stands for no highlighting."""
