"""The template language: tags found in a part of a .docx, blocks placed, names and scopes checked."""
