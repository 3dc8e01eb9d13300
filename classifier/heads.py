"""In which order the model's columns stand for labels, areas and flags."""

from putright.cases.labels import Flag, Label, ServiceArea

LABELS = tuple(Label)
AREAS = tuple(ServiceArea)
FLAGS = tuple(Flag)
COMPLAINT = LABELS.index(Label.COMPLAINT)
