"""Facts as candidates for annotation tools, and back: each format is a module with ``write`` and ``read``.

::

    prodigy         JSON lines for Prodigy: spans of a text
    doccano         JSON lines for doccano: sequence labelling
    label-studio    one JSON list for Label Studio: predictions on a text
    brat            a folder of .txt and .ann files
    web-annotation  W3C Web Annotation: a JSON-LD AnnotationPage a line, without the texts
"""
