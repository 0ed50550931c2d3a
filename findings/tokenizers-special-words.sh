#!/usr/bin/env bash
# tokenizers 0.23.3
# Expected: the special tokens of a model are what the tokenizer adds around a text, and special_tokens_mask tells
# which they are. What somebody writes is text, all the more with add_special_tokens=False.
# Instead "[SEP]" in a text becomes the token that ends a text, in both cases, and the mask says that it is none. Only
# the property encode_special_tokens, which is off, makes plain words of it.
# Seen: "['[CLS]', 'type', '[SEP]', 'here', '[SEP]'], mask [1, 0, 0, 0, 1]",
#       "without adding: ['type', '[SEP]', 'here']" and
#       "encode_special_tokens: ['[CLS]', 'type', '[', 'sep', ']', 'here', '[SEP]']"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet tokenizers==0.23.3

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import sys

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import BertProcessing

SPECIAL = ["[UNK]", "[CLS]", "[SEP]"]
WORDS = [*SPECIAL, "type", "here", "[", "sep", "]"]
TEXT = "Type [SEP] here"

tokenizer = Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
tokenizer.normalizer = BertNormalizer()
tokenizer.pre_tokenizer = BertPreTokenizer()
tokenizer.post_processor = BertProcessing(("[SEP]", 2), ("[CLS]", 1))
tokenizer.add_special_tokens(SPECIAL)

usual = tokenizer.encode(TEXT)
without = tokenizer.encode(TEXT, add_special_tokens=False)
tokenizer.encode_special_tokens = True
plain = tokenizer.encode(TEXT)
print(f"{usual.tokens}, mask {usual.special_tokens_mask}")
print(f"without adding: {without.tokens}")
print(f"encode_special_tokens: {plain.tokens}")
taken = usual.tokens[2] == without.tokens[1] == "[SEP]" and usual.special_tokens_mask[2] == 0
if not taken or plain.tokens[2:5] != ["[", "sep", "]"]:
    sys.exit("CHANGED: what is written is text from the beginning, or the mask tells, or the property does not help")
PYTHON
