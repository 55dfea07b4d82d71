"""Large files as the Xet protocol keeps them: chunks, packed in xorbs, listed in shards.

After the protocol's own documents: https://github.com/huggingface/xet-core/tree/main/spec
"""
