"""inbox: papers that reach a company and wait to become purchases.

Owns: inbox files (scans are photos, files are PDFs) and the pictures of their pages. Contents are in the object
store under their hash.

Invariants
- What a file is, is read from its content, never from its name.
- A paper is never deleted: it waits, it has become one purchase, or it is discarded with a reason.
- The same content may come twice; the second one says which it repeats.

Refused: what is no PDF, JPEG or PNG, a PDF that is broken, protected or too long, a second conversion.
"""
